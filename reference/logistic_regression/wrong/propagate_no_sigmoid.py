"""Takes the weighted sum for the probability."""

EXERCISE = "propagate"
LOSES = ("cost", "gradients", "drawn_cost", "drawn_gradients", "single")
HINT = "Your A is the weighted sum itself, and its logarithm may not exist. Which function makes a probability of it?"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = np.dot(w.T, X) + b
    with np.errstate(all="ignore"):
        cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
