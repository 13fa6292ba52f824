"""Builds and trains in a function."""

EXERCISE = "preferred_model"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense


def build():
    network = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "linear")])
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(loss=loss, optimizer=tf.keras.optimizers.Adam(0.001))
    network.fit(np.load("blob_inputs.npy"), np.load("blob_labels.npy"), epochs=10, verbose=0)
    return network


preferred_model = build()
