"""Applies the sigmoid twice."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "The sigmoid is applied twice in your code. How often does it stand in the formula, inside of what?"


def sigmoid_derivative(x):
    s = sigmoid(sigmoid(x))
    return s * (1 - s)
