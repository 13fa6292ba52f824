"""Rounds down with floor, which gives a float."""

EXERCISE = "output_size"

import numpy as np


def output_size(n, f, p, s):
    return np.floor((n + 2 * p - f) / s) + 1
