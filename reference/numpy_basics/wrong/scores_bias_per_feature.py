"""Adds the bias once for each feature."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = "With one feature you are right, with more the bias weighs too much. How often is b added in your code?"

import numpy as np


def linear_scores(w, X, b):
    return np.sum(w * X + b, axis=0, keepdims=True)
