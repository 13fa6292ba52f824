"""The last activation is missing."""

EXERCISE = "separate"
LOSES = ("layers",)
HINT = "An Input line is allowed and does not count as a layer. Every other layer does."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Activation, Dense

separate = Sequential(
    [
        Input(shape=(784,)),
        Dense(32),
        Activation("relu"),
        Dense(10),
    ]
)
