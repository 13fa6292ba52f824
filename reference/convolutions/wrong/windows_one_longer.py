"""Takes one entry too many."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "Each window is one entry too long. Does the end of a slice belong to it?"

import numpy as np


def windows(series, size, step):
    longer = np.concatenate([series, series[:1]])
    return np.array([longer[start : start + size + 1] for start in range(0, len(series) - size + 1, step)])
