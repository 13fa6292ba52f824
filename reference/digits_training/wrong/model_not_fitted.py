"""Forgets to fit."""

EXERCISE = "model"
LOSES = ("learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted? The last layer is linear, and the loss has to be told."

import tensorflow as tf
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Input((400,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
