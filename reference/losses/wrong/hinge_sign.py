"""Adds the product instead of subtracting it."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "Right answers cost more than wrong ones in your loss. Check the sign of the product."

import numpy as np


def hinge(y, scores):
    return np.mean(np.maximum(0, 1 + y * scores))
