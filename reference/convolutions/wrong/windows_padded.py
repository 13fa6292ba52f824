"""Fills windows that stick out with zeros."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "There are zeros in your windows that are not in the series: windows that stick out are left away."

import numpy as np


def windows(series, size, step):
    longer = np.concatenate([series, np.zeros(size)])
    return np.array([longer[start : start + size] for start in range(0, len(series), step)])
