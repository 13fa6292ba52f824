"""A Dropout layer follows the first hidden layer."""

EXERCISE = "model"
LOSES = ("layers",)
HINT = "Dropout is useful against overfitting, but this network was asked without it."

import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu"),
        Dropout(0.2),
        Dense(15, activation="relu"),
        Dense(10, activation="linear"),
    ]
)
