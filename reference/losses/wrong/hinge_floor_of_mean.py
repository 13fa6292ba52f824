"""Cuts off at 0 after taking the mean."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "Very good examples pay for bad ones in your loss. Which comes first, the maximum or the mean?"

import numpy as np


def hinge(y, scores):
    return max(0, np.mean(1 - y * scores))
