"""Adds all slopes up."""

EXERCISE = "l1_gradient"
LOSES = ("example", "drawn", "at_zero")
HINT = "You return a single number. Each weight has a slope of its own."

import numpy as np


def l1_gradient(W, strength):
    return strength * np.sum(np.sign(W))
