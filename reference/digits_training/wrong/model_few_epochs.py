"""Stops after a few epochs."""

EXERCISE = "model"
LOSES = ("loss",)
HINT = "It learns, but not enough. Does the loss that fit prints still fall in the last epoch?"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("digit_pictures.npy") / 255.0, np.load("digit_labels.npy")
model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(10, activation="linear")])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
model.fit(X, y, epochs=6, verbose=0)
