"""Adds up db without dividing."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "dw is right. Is db a sum or a mean?"

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    return X.T @ errors / len(y), np.sum(errors)
