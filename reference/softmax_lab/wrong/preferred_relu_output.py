"""Uses ReLU in the last layer."""

EXERCISE = "preferred_model"
LOSES = ("logits", "learns", "loss", "accuracy")
HINT = "In this model the last layer is linear: softmax moves into the loss."

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
preferred_model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "relu")])
preferred_model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
preferred_model.fit(X_train, y_train, epochs=10, verbose=0)
