"""Returns a flat vector."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = "The numbers are right, but they stand in an array with one axis. A row has the shape (1, m)."

import numpy as np


def linear_scores(w, X, b):
    return np.dot(w.T, X).reshape(-1) + b
