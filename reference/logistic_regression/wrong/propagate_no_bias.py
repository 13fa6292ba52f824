"""Leaves the bias out."""

EXERCISE = "propagate"
LOSES = ("cost", "gradients", "drawn_cost", "drawn_gradients", "single")
HINT = "b has no effect on your answer. Where does it come in, before the sigmoid or after?"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
