"""Multiplies by the slope of the sigmoid."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "The slope of the sigmoid appears in your answer. With this loss it cancels out."

import numpy as np


def logistic_gradient(X, y, w, b):
    a = 1 / (1 + np.exp(-(X @ w + b)))
    errors = (a - y) * a * (1 - a)
    return X.T @ errors / len(y), np.mean(errors)
