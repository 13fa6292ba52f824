"""Compares the weighted sum with one half."""

EXERCISE = "predict"
LOSES = ("drawn", "half")
HINT = "You compare the weighted sum with one half. It is the probability that should be above one half."

import numpy as np


def predict(w, b, X):
    return (np.dot(w.T, X) + b > 0.5).astype(float)
