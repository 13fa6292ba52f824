"""Wider layers, and fewer epochs."""

EXERCISE = "model"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("digit_pictures.npy") / 255.0, np.load("digit_labels.npy")
model = Sequential([Dense(64, activation="relu"), Dense(10, activation="linear")])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
model.fit(X, y, epochs=20, verbose=0)
