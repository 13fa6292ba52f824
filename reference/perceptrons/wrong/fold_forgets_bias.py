"""Returns the weights alone."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "There are n numbers, one for each input. The constant input 1 needs one as well."

import numpy as np


def fold_threshold(n, theta):
    return np.ones(n)
