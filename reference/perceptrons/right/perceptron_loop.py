"""Adds up the products in a loop."""

EXERCISE = "perceptron"


def perceptron(x, w, b):
    z = b
    for i in range(len(x)):
        z += w[i] * x[i]
    return 1 if z > 0 else 0
