"""Turns the sign."""

EXERCISE = "l1_gradient"
LOSES = ("example", "drawn", "at_zero")
HINT = "Your slope points downhill. The minus comes later, when the optimizer takes its step."

import numpy as np


def l1_gradient(W, strength):
    return -strength * np.sign(W)
