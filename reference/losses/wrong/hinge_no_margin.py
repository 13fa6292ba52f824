"""Asks only for the right sign."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "Scores that are right by less than 1 cost nothing in your loss. How large a margin is asked?"

import numpy as np


def hinge(y, scores):
    return np.mean(np.maximum(0, -y * scores))
