"""Adds where it should subtract."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Your slope grows with x and never comes down again. Look at the sign in the second factor."


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 + s)
