"""Squares the strength too."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "The strength was squared along with the weights. What does the square belong to?"

import numpy as np


def l2_penalty(W, strength):
    return np.sum((strength * W) ** 2)
