"""The right answers to the Sequential lab. Graded like a submission; never enters a room."""

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Activation, Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(32, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)

added = Sequential()
added.add(Input(shape=(784,)))
added.add(Dense(32, activation="relu"))
added.add(Dense(10, activation="softmax"))

separate = Sequential(
    [
        Input(shape=(784,)),
        Dense(32),
        Activation("relu"),
        Dense(10),
        Activation("softmax"),
    ]
)


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows
