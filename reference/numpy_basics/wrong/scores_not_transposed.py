"""Forgets to transpose the weights."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = "The shapes do not fit together: w is (n, 1) and X is (n, m). Which of them has to be turned?"

import numpy as np


def linear_scores(w, X, b):
    return np.dot(w, X) + b
