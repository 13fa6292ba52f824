"""Looks at each row by itself."""

EXERCISE = "output_range"
LOSES = ("example", "drawn")
HINT = "You have a range for each row. How many numbers are asked, for all outputs together?"

import numpy as np


def output_range(outputs):
    return np.min(outputs, axis=1), np.max(outputs, axis=1)
