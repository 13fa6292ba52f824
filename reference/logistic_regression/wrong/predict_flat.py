"""Returns a flat array."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half", "single")
HINT = "The zeros and ones are right, but they stand in an array with one axis. A row has the shape (1, m)."

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return (A > 0.5).astype(float).reshape(-1)
