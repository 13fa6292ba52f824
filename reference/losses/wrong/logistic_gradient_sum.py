"""Adds up without dividing."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "Your derivatives grow with the number of examples, as if the loss were a sum. It is a mean."

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    return X.T @ errors, np.sum(errors)
