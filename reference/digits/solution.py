"""The right answers to the digits lab. Graded like a submission; never enters a room that runs student code.

my_softmax needs NumPy alone, so the judge can run it without loading TensorFlow.
"""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential


def my_softmax(z):
    """Probabilities a (N,) of the entries of z (N,): a_j = e^z_j / (e^z_0 + ... + e^z_(N-1))."""
    powers = np.exp(z - np.max(z))  # the shift cancels out, and keeps the biggest power at 1
    return powers / np.sum(powers)


model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu", name="L1"),
        Dense(15, activation="relu", name="L2"),
        Dense(10, activation="linear", name="L3"),
    ],
    name="digits",
)
