"""Fills in ones by a mask."""

EXERCISE = "step"

import numpy as np


def step(z):
    a = np.zeros_like(z)
    a[z >= 0] = 1
    return a
