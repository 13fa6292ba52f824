"""The two hidden layers have each other's size."""

EXERCISE = "model"
LOSES = ("units", "shapes", "parameters", "trainable")
HINT = "The widths are in the text above the exercise, in order from the input on; the last is one unit for each digit."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(15, activation="relu"),
        Dense(25, activation="relu"),
        Dense(10, activation="linear"),
    ]
)
