"""Adds up without dividing."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "Your loss grows with the number of examples. The mean was asked."

import numpy as np


def hinge(y, scores):
    return np.sum(np.maximum(0, 1 - y * scores))
