"""Pictures are taken for squares of 28 times 28."""

EXERCISE = "listed"
LOSES = (
    "computes",
    "layers",
    "units",
    "activations",
)
HINT = "One example is a row of 784 numbers: that is its shape, without the number of examples."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(28, 28)),
        Dense(32, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
