"""Forgets that two minus signs cancel."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "The sizes are right, the signs are not: the sigmoid rises everywhere, so its slope is above 0."


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (s - 1)
