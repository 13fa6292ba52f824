"""The input is given 16 features, which belong to another data set."""

EXERCISE = "model"
LOSES = ("computes", "layers", "units", "activations", "shapes", "parameters", "trainable")
HINT = (
    "Each picture is a row of 400 numbers. The input shape describes one such row: neither the width of a layer "
    "nor the number of pictures."
)

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(16,)),
        Dense(25, activation="relu"),
        Dense(15, activation="relu"),
        Dense(10, activation="linear"),
    ]
)
