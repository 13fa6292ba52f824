"""Looks at the sign of the weighted sum, as whole numbers."""

EXERCISE = "predict"

import numpy as np


def predict(w, b, X):
    return np.where(np.dot(w.T, X) + b > 0, 1, 0)
