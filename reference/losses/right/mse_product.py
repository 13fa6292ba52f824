"""Multiplies the errors by themselves."""

EXERCISE = "mse"

import numpy as np


def mse(y, yhat):
    errors = yhat - y
    return np.dot(errors, errors) / errors.size
