"""The output layer applies ReLU like the hidden ones, and loses every negative score."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = "ReLU would turn every negative output into 0, and the loss needs to see them. The output layer stays linear."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu"),
        Dense(15, activation="relu"),
        Dense(10, activation="relu"),
    ]
)
