"""Stops after two epochs."""

EXERCISE = "model"
LOSES = ("loss",)
HINT = "It learns, but not enough. How many epochs did you give it, and at which learning rate?"

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(X_train, y_train, epochs=2, verbose=0)
