"""Forgets the minus in front of the cost."""

EXERCISE = "propagate"
LOSES = ("cost", "drawn_cost", "single")
HINT = (
    "Your cost is negative and falls when things get worse. Logarithms of probabilities are negative: what turns "
    "them around?"
)

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
