"""Leaves the bias out."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = "All your scores are off by the same number. Where does b come in?"

import numpy as np


def linear_scores(w, X, b):
    return np.dot(w.T, X)
