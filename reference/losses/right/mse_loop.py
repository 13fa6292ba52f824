"""Adds the squares up in a loop."""

EXERCISE = "mse"


def mse(y, yhat):
    total = 0.0
    for i in range(len(y)):
        total += (yhat[i] - y[i]) ** 2
    return total / len(y)
