"""Uses larger weights, which make the same gate."""

EXERCISE = "fold_threshold"

import numpy as np


def fold_threshold(n, theta):
    return 2 * np.concatenate([[0.9 - theta], np.ones(n)])
