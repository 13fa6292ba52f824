"""Squares the sum."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You squared the sum, in which weights of both signs cancel out. Which comes first, the square or the sum?"

import numpy as np


def l2_penalty(W, strength):
    return strength * np.sum(W) ** 2
