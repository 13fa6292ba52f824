"""Forgets 1/m in the cost."""

EXERCISE = "propagate"
LOSES = ("cost", "drawn_cost", "single")
HINT = "The gradients are right, the cost is too large, and more so with more examples. It is a mean, not a sum."

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
