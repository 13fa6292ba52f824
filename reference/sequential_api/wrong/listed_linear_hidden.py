"""The hidden layer has no activation."""

EXERCISE = "listed"
LOSES = ("activations",)
HINT = "Without an activation in between, two Dense layers are worth no more than one."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(32),
        Dense(10, activation="softmax"),
    ]
)
