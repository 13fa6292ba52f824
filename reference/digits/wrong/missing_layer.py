"""The second hidden layer is left out."""

EXERCISE = "model"
LOSES = ("layers", "units", "activations", "shapes", "parameters", "trainable")
HINT = "Two hidden layers and one output layer make three. An Input line is allowed and does not count."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu"),
        Dense(10, activation="linear"),
    ]
)
