"""Takes the labels for zeros and ones."""

EXERCISE = "hinge"
LOSES = ("example", "drawn")
HINT = "You turned the labels into -1 and 1, but that is what they are already."

import numpy as np


def hinge(y, scores):
    return np.mean(np.maximum(0, 1 - (2 * y - 1) * scores))
