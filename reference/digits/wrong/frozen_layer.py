"""The first layer is frozen, so training would not change it."""

EXERCISE = "model"
LOSES = ("trainable",)
HINT = "A frozen layer keeps the random weights it began with. All three layers should learn."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu", trainable=False),
        Dense(15, activation="relu"),
        Dense(10, activation="linear"),
    ]
)
