"""Divides by 2."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "Your penalty is half of what is asked. Some texts have that factor; does the formula here?"

import numpy as np


def l2_penalty(W, strength):
    return strength / 2 * np.sum(W**2)
