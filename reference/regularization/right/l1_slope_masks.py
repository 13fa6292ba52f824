"""Fills both sides in by masks."""

EXERCISE = "l1_gradient"

import numpy as np


def l1_gradient(W, strength):
    slope = np.zeros_like(W)
    slope[W > 0] = strength
    slope[W < 0] = -strength
    return slope
