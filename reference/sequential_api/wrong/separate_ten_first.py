"""The two widths are exchanged."""

EXERCISE = "separate"
LOSES = ("units",)
HINT = "The first number of a Dense layer is how many units it has, not how many inputs."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Activation, Dense

separate = Sequential(
    [
        Input(shape=(784,)),
        Dense(10),
        Activation("relu"),
        Dense(32),
        Activation("softmax"),
    ]
)
