"""Leaves b out of the prediction."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "The predictions in your errors lack something: what does the line add to w x?"

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - w * x
    return -2 * np.mean(x * errors), -2 * np.mean(errors)
