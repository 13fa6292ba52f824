"""Counts one half as a 1."""

EXERCISE = "predict"
LOSES = ("half",)
HINT = "Right everywhere but at exactly one half. Look once more at the sign of the comparison."

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return (A >= 0.5).astype(float)
