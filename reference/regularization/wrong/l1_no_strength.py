"""Leaves the strength out."""

EXERCISE = "l1_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "Your penalty is the same for every strength. It should grow with it."

import numpy as np


def l1_penalty(W, strength):
    return np.sum(np.abs(W))
