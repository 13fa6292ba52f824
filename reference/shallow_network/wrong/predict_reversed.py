"""Exchanges 0 and 1."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half")
HINT = "Every prediction is the opposite of what was asked. On which side of one half is the 1?"


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return A2 < 0.5
