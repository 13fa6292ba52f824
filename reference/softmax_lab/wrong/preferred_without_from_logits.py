"""Forgets from_logits=True."""

EXERCISE = "preferred_model"
LOSES = ("logits", "learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted? The loss has to be told that it gets no probabilities."

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
preferred_model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "linear")])
preferred_model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(), optimizer="adam")
preferred_model.fit(X_train, y_train, epochs=10, verbose=0)
