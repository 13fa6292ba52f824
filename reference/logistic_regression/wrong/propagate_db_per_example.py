"""Forgets the sum in db."""

EXERCISE = "propagate"
LOSES = ("gradients", "drawn_gradients", "single")
HINT = "dw is right. db should be one number, the mean of all differences, and not one for each example."

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": (A - Y) / m}, cost
