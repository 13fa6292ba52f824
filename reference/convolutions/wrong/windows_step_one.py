"""Moves on by one entry whatever the step."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "Your windows begin one entry apart. How far apart should they begin?"

import numpy as np


def windows(series, size, step):
    return np.array([series[start : start + size] for start in range(len(series) - size + 1)])
