"""Leaves the strength out."""

EXERCISE = "l1_gradient"
LOSES = ("example", "drawn", "at_zero")
HINT = "Your slope is the same for every strength. It should grow with it."

import numpy as np


def l1_gradient(W, strength):
    return np.sign(W)
