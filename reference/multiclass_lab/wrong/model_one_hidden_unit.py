"""Has a single hidden unit, which keeps two of the classes apart but not all four."""

EXERCISE = "model"
LOSES = ("learns", "accuracy")
HINT = (
    "With two hidden units, one that starts badly can stay silent for good. If the loss stops falling early, fit "
    "again from another seed."
)

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X, y = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
model = Sequential([Dense(1, activation="relu", name="L1"), Dense(4, activation="linear", name="L2")])
model.compile(
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer=tf.keras.optimizers.Adam(0.01)
)
model.fit(X, y, epochs=100, verbose=0)
