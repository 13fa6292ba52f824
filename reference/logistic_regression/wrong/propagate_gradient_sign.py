"""Takes Y - A for A - Y."""

EXERCISE = "propagate"
LOSES = ("gradients", "drawn_gradients", "single")
HINT = "Cost and sizes are right, but both gradients point the other way. Which is subtracted from which?"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (Y - A).T) / m, "db": np.sum(Y - A) / m}, cost
