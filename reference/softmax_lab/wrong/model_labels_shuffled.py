"""Shuffles the inputs without their labels."""

EXERCISE = "model"
LOSES = ("learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted, with the classes as they come in y_train?"

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
np.random.default_rng(0).shuffle(X_train)
model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(X_train, y_train, epochs=5, verbose=0)
