"""Uses the factor of the mean squared error."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "A factor of 2 came along from the squared error. Cross-entropy has no square in it."

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    return 2 * X.T @ errors / len(y), 2 * np.mean(errors)
