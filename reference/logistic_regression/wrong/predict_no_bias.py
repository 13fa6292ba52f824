"""Leaves the bias out."""

EXERCISE = "predict"
LOSES = ("drawn", "half")
HINT = "Some predictions near the border are wrong: b has no effect on your answer."

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X))
    return (A > 0.5).astype(float)
