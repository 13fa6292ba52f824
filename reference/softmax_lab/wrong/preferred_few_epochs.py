"""Stops after five epochs on half of the points."""

EXERCISE = "preferred_model"
LOSES = ("loss",)
HINT = "It learns, but not enough. How many epochs did you give it, and at which learning rate?"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
preferred_model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4)])
preferred_model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
preferred_model.fit(X_train[:1000], y_train[:1000], epochs=5, verbose=0)
