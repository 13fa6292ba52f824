"""The activations stand inside the Dense layers after all."""

EXERCISE = "separate"
LOSES = (
    "layers",
    "activations",
)
HINT = "An Input line is allowed and does not count as a layer. Every other layer does."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

separate = Sequential(
    [
        Input(shape=(784,)),
        Dense(32, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
