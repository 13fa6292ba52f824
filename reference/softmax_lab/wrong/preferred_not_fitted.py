"""Forgets to fit."""

EXERCISE = "preferred_model"
LOSES = ("logits", "learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted? The loss has to be told that it gets no probabilities."

import tensorflow as tf
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

preferred_model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4)])
preferred_model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
