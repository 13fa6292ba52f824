"""Takes the mean."""

EXERCISE = "l1_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You divided by the number of weights. Is a mean asked, or a sum?"

import numpy as np


def l1_penalty(W, strength):
    return strength * np.mean(np.abs(W))
