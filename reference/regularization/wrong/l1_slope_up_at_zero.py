"""Takes the slope of the right side at 0."""

EXERCISE = "l1_gradient"
LOSES = ("at_zero",)
HINT = "Right but for a weight of exactly 0, which you push away from there. What was agreed on?"

import numpy as np


def l1_gradient(W, strength):
    return strength * np.where(W >= 0, 1.0, -1.0)
