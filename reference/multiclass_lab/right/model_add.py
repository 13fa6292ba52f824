"""Adds layer after layer."""

EXERCISE = "model"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
tf.keras.utils.set_random_seed(1234)
model = Sequential()
model.add(Dense(2, activation="relu", name="L1"))
model.add(Dense(4, activation="linear", name="L2"))
model.compile(
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer=tf.keras.optimizers.Adam(0.01)
)
model.fit(X, y, epochs=200, verbose=0)
