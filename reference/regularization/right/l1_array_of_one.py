"""Returns an array with one entry, in single precision."""

EXERCISE = "l1_penalty"

import numpy as np


def l1_penalty(W, strength):
    return np.array([np.abs(W.astype(np.float32)).sum() * np.float32(strength)])
