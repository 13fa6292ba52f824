"""Compares the pair that forward_propagation returns."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half")
HINT = "Nothing can be compared here: forward_propagation returns two things. Which of them is the output?"


def predict(parameters, X):
    A2 = forward_propagation(X, parameters)
    return A2 > 0.5
