"""The two widths are exchanged."""

EXERCISE = "listed"
LOSES = ("units",)
HINT = "The first number of a Dense layer is how many units it has, not how many inputs."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(10, activation="relu"),
        Dense(32, activation="softmax"),
    ]
)
