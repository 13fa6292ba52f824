"""The right answers to the lab of two digits. Graded like a submission; never enters a room that runs student code."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="sigmoid", name="layer1"),
        Dense(15, activation="sigmoid", name="layer2"),
        Dense(1, activation="sigmoid", name="layer3"),
    ],
    name="two_digits",
)


def my_dense(a_in, W, b, g):
    """What a layer of weights W (n, j) and biases b (j,) gives for a_in (n,), unit by unit: (j,)."""
    return np.array([g(np.dot(a_in, W[:, unit]) + b[unit]) for unit in range(len(b))])


def my_dense_v(A_in, W, b, g):
    """The same for m examples A_in (m, n) at once, with biases b (1, j): (m, j)."""
    return g(A_in @ W + b)
