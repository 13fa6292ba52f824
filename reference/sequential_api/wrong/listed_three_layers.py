"""There is a hidden layer too many."""

EXERCISE = "listed"
LOSES = (
    "layers",
    "units",
    "activations",
)
HINT = "An Input line is allowed and does not count as a layer. Every other layer does."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(32, activation="relu"),
        Dense(32, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
