"""The right layers are joined with the functional interface instead of Sequential."""

EXERCISE = "model"
LOSES = ("layers",)
HINT = "The lab asks for the Sequential class, which takes the layers as one list."

import tensorflow as tf
from tensorflow.keras.layers import Dense

inputs = tf.keras.Input(shape=(400,))
hidden = Dense(25, activation="relu")(inputs)
hidden = Dense(15, activation="relu")(hidden)
outputs = Dense(10, activation="linear")(hidden)
model = tf.keras.Model(inputs, outputs)
