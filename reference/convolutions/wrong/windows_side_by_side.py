"""Starts each window where the last one ended."""

EXERCISE = "windows"
LOSES = ("example", "drawn")
HINT = "Your windows never overlap. The next one begins `step` entries after the beginning of the last."

import numpy as np


def windows(series, size, step):
    return np.array([series[start : start + size] for start in range(0, len(series) - size + 1, size)])
