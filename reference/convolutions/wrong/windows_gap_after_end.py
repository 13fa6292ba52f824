"""Takes the step as a gap between windows."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "You left the step between the end of a window and the next. It is counted from beginning to beginning."

import numpy as np


def windows(series, size, step):
    return np.array([series[start : start + size] for start in range(0, len(series) - size + 1, size + step)])
