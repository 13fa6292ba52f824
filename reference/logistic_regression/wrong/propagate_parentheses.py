"""Divides only one half of the cost by m."""

EXERCISE = "propagate"
LOSES = ("cost", "drawn_cost", "single")
HINT = "Only one of the two logarithms is divided by m. What do the parentheses around the sum enclose?"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A)) - np.sum((1 - Y) * np.log(1 - A))
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
