"""Adds up without dividing."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "Your derivatives grow with the number of examples, as if the loss were a sum. It is a mean."

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return -2 * np.sum(x * errors), -2 * np.sum(errors)
