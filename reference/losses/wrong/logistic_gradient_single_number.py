"""Takes the mean over rows and columns."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "Your dw is one single number. Every weight has a derivative of its own."

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    return np.mean(X * errors[:, None]), np.mean(errors)
