"""Takes the root."""

EXERCISE = "l2_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "You took the root of the sum. The formula does without."

import numpy as np


def l2_penalty(W, strength):
    return strength * np.linalg.norm(W)
