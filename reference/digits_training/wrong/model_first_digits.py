"""Trains on the first 600 pictures, which show 0 to 5 only."""

EXERCISE = "model"
LOSES = ("learns", "loss", "accuracy")
HINT = "Give it more epochs, and make sure that it sees all ten digits."

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("digit_pictures.npy")[:600] / 255.0, np.load("digit_labels.npy")[:600]
model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(10, activation="linear")])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
model.fit(X, y, epochs=20, verbose=0)
