"""Leaves the last window out."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "A last window is missing. Which is the last place where a whole window can begin?"

import numpy as np


def windows(series, size, step):
    out = []
    for start in range(0, len(series) - size, step):
        out.append(series[start : start + size])
    return np.array(out)
