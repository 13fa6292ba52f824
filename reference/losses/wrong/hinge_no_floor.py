"""Leaves out the maximum with 0."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "Very good scores make your loss negative. What is the least that an example can cost?"

import numpy as np


def hinge(y, scores):
    return np.mean(1 - y * scores)
