"""Keeps windows that stick out."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "Your answer is too long: at the ends the kernel sticks out of the series."

import numpy as np


def conv1d(series, kernel, step):
    return np.correlate(series, kernel, mode="full")[::step]
