"""Takes the mean over the rows."""

EXERCISE = "logistic_gradient"

import numpy as np


def logistic_gradient(X, y, w, b):
    yhat = 1 / (1 + np.exp(-(X.dot(w) + b)))
    return np.mean((yhat - y)[:, None] * X, axis=0), np.mean(yhat - y)
