"""Compares the sum before the sigmoid with one half."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half")
HINT = "You compare Z2 with one half. It is the probability A2 that should be above one half."


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return cache["Z2"] > 0.5
