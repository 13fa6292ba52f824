"""Puts the bias half way between the sums that fire and those that do not."""

EXERCISE = "fold_threshold"

import numpy as np


def fold_threshold(n, theta):
    v = np.ones(n + 1)
    v[0] = 0.5 - theta
    return v
