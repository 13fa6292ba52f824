"""Adds the strength."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "A strength of 0 should make everything free. Does it, in your code?"

import numpy as np


def l2_penalty(W, strength):
    return strength + np.sum(W**2)
