"""A functional model has the right layers but also leads the first past the second."""

EXERCISE = "model"
LOSES = ("computes", "layers", "units", "activations", "shapes", "parameters", "trainable")
HINT = "Three Dense layers, one after the other, are all that is needed. An activation is named inside its Dense layer."

import tensorflow as tf
from tensorflow.keras.layers import Concatenate, Dense

inputs = tf.keras.Input(shape=(400,))
first = Dense(25, activation="relu")(inputs)
second = Dense(15, activation="relu")(first)
outputs = Dense(10, activation="linear")(Concatenate()([first, second]))
model = tf.keras.Model(inputs, outputs)
