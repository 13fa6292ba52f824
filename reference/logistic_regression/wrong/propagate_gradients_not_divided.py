"""Forgets 1/m in the gradients."""

EXERCISE = "propagate"
LOSES = ("gradients", "drawn_gradients", "single")
HINT = "The cost is right; the gradients grow with the number of examples. The slope of a mean is a mean too."

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T), "db": np.sum(A - Y)}, cost
