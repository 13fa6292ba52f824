"""Rounds, which takes one half to 0."""

EXERCISE = "predict"

import numpy as np


def predict(w, b, X):
    return np.round(sigmoid(np.dot(w.T, X) + b))
