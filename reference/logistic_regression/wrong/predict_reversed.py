"""Exchanges 0 and 1."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half", "single")
HINT = "Every prediction is the opposite of what was asked. On which side of one half is the 1?"

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return (A < 0.5).astype(float)
