"""Divides by the number of features."""

EXERCISE = "propagate"
LOSES = ("cost", "gradients", "drawn_cost", "drawn_gradients", "single")
HINT = "You divide by the number of features. The mean is over the examples: which axis of X counts those?"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[0]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
