"""Returns a column."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = (
    "The numbers are right, but they stand in a column. In X every example is a column, so the scores lie side by side."
)

import numpy as np


def linear_scores(w, X, b):
    return np.dot(X.T, w) + b
