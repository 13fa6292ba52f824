"""Stops after five epochs."""

EXERCISE = "model"
LOSES = ("learns", "accuracy")
HINT = "Is the model compiled and fitted, for 200 epochs? The last layer is linear, and the loss has to know."

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
model = Sequential([Dense(2, activation="relu", name="L1"), Dense(4, activation="linear", name="L2")])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
model.fit(X, y, epochs=5, verbose=0)
