"""Forgets to fit."""

EXERCISE = "model"
LOSES = ("learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted, with the classes as they come in y_train?"

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
