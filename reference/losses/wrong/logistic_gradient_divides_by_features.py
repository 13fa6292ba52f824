"""Divides by the number of columns."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "You divided by the number of features. How many examples are there?"

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    d = X.shape[1]
    return X.T @ errors / d, np.sum(errors) / d
