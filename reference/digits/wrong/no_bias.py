"""The layers are built without biases."""

EXERCISE = "model"
LOSES = ("shapes", "parameters")
HINT = "Every unit adds a bias of its own; Dense does so unless it is told not to."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu", use_bias=False),
        Dense(15, activation="relu", use_bias=False),
        Dense(10, activation="linear", use_bias=False),
    ]
)
