"""Takes the mean."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You divided by the number of weights. Is a mean asked, or a sum?"

import numpy as np


def l2_penalty(W, strength):
    return strength * np.mean(W**2)
