"""Adds all slopes up."""

EXERCISE = "l2_gradient"
LOSES = ("example", "drawn")
HINT = "You return a single number. Each weight has a slope of its own."

import numpy as np


def l2_gradient(W, strength):
    return 2 * strength * np.sum(W)
