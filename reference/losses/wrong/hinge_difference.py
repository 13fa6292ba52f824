"""Compares label and score by their difference."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "You subtracted the score from the label. Label and score are to be multiplied: what does the sign of that tell?"

import numpy as np


def hinge(y, scores):
    return np.mean(np.maximum(0, y - scores))
