"""Clips from below."""

EXERCISE = "relu"

import numpy as np


def relu(z):
    return np.clip(z, 0, None)
