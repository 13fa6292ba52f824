"""Has an output too few."""

EXERCISE = "preferred_model"
LOSES = ("computes", "logits", "learns", "loss", "accuracy")
HINT = "`preferred_model` is a Sequential of Dense layers, with one output per class."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

preferred_model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(3)])
