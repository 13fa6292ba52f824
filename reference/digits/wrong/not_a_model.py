"""The layers are collected in a list and never put into a model."""

EXERCISE = "model"
LOSES = ("computes", "layers", "units", "activations", "shapes", "parameters", "trainable")
HINT = "`model` has to be a Sequential with the three Dense layers inside, ready to be called."

from tensorflow.keras.layers import Dense

model = [
    Dense(25, activation="relu"),
    Dense(15, activation="relu"),
    Dense(10, activation="linear"),
]
