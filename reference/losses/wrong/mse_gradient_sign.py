"""Forgets the minus sign."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = (
    "Both derivatives have the wrong sign: they point downhill. Does the loss grow or shrink when w grows in this"
    " example?"
)

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return 2 * np.mean(x * errors), 2 * np.mean(errors)
