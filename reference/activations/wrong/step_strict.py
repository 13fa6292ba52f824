"""Puts 0 on the lower side of the step."""

EXERCISE = "step"
LOSES = ("at_zero",)
HINT = 'Right everywhere but at 0 itself. The formula says "0 or more": which answer does that give for 0?'

import numpy as np


def step(z):
    return np.where(z > 0, 1.0, 0.0)
