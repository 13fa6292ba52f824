"""Squares the losses."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "This is the squared hinge. The plain one grows in a straight line."

import numpy as np


def hinge(y, scores):
    return np.mean(np.maximum(0, 1 - y * scores) ** 2)
