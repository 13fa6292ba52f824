"""Squares the norm, in single precision."""

EXERCISE = "l2_penalty"

import numpy as np


def l2_penalty(W, strength):
    return strength * np.linalg.norm(W.astype(np.float32)) ** 2
