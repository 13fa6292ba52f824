"""Layers have names, and units are said by name."""

EXERCISE = "listed"

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(units=32, name="L1", activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
