"""Forgets to fit."""

EXERCISE = "model"
LOSES = ("learns", "accuracy")
HINT = "Is the model compiled and fitted, for 200 epochs? The last layer is linear, and the loss has to know."

import tensorflow as tf
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Input((2,)), Dense(2, activation="relu", name="L1"), Dense(4, activation="linear", name="L2")])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
