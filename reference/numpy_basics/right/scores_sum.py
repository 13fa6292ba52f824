"""Multiplies by broadcasting and adds up the columns."""

EXERCISE = "linear_scores"

import numpy as np


def linear_scores(w, X, b):
    return np.sum(w * X, axis=0, keepdims=True) + b
