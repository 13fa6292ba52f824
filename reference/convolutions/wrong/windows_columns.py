"""Returns the windows as columns."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "Your windows stand in columns. Each of them should be a row."

import numpy as np


def windows(series, size, step):
    return np.array([series[start : start + size] for start in range(0, len(series) - size + 1, step)]).T
