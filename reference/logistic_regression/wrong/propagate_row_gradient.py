"""Returns dw as a row."""

EXERCISE = "propagate"
LOSES = ("gradients", "drawn_gradients", "single")
HINT = "The numbers in dw are right, but they lie in a row. dw has the shape of w, since the two are subtracted later."

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(A - Y, X.T) / m, "db": np.sum(A - Y) / m}, cost
