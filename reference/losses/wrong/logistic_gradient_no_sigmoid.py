"""Predicts with the weighted sum itself."""

EXERCISE = "logistic_gradient"
LOSES = ("example", "drawn")
HINT = "Your predictions are not probabilities. What is done to X w + b before it is compared with the labels?"

import numpy as np


def logistic_gradient(X, y, w, b):
    errors = X @ w + b - y
    return X.T @ errors / len(y), np.mean(errors)
