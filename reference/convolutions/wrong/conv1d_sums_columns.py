"""Sums along the windows instead of within them."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "You added up the same place of all windows. Each window by itself should give a number."

import numpy as np


def conv1d(series, kernel, step):
    return np.sum(windows(series, len(kernel), step) * kernel, axis=0)
