"""Subtracts the prediction from the label."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "Both derivatives have the wrong sign. Which is subtracted from which?"

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = y - 1 / (1 + np.exp(-(X @ w + b)))
    return X.T @ errors / len(y), np.mean(errors)
