"""Squares the weights."""

EXERCISE = "l1_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You squared the weights: that is L2. What does the 1 stand for?"

import numpy as np


def l1_penalty(W, strength):
    return strength * np.sum(W**2)
