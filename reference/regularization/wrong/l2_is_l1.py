"""Takes the absolute weights."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You added up distances: that is L1. What does the 2 stand for?"

import numpy as np


def l2_penalty(W, strength):
    return strength * np.sum(np.abs(W))
