"""Leaves the sign out."""

EXERCISE = "l1_gradient"
LOSES = ("example", "drawn", "at_zero")
HINT = "Your slope is positive on both sides of 0. On the left, the distance from 0 becomes smaller as w grows."

import numpy as np


def l1_gradient(W, strength):
    return strength * np.ones(W.shape)
