"""Puts the bias at the end."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "The numbers may be right, but they stand in another order: v[0] is the bias, and the weights follow."

import numpy as np


def fold_threshold(n, theta):
    return np.concatenate([np.ones(n), [0.5 - theta]])
