"""Takes the middle of the jump at 0."""

EXERCISE = "step"
LOSES = ("at_zero",)
HINT = "At 0 you answer one half. The step has two answers only; the formula says which of them belongs to 0."

import numpy as np


def step(z):
    return np.heaviside(z, 0.5)
