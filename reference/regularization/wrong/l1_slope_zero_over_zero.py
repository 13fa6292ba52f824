"""Divides each weight by its distance from 0."""

EXERCISE = "l1_gradient"
LOSES = ("at_zero",)
HINT = "For a weight of 0 you computed 0 / 0. Which function of NumPy knows the sign of 0?"

import numpy as np


def l1_gradient(W, strength):
    with np.errstate(all="ignore"):
        return strength * W / np.abs(W)
