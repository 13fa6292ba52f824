"""Compares sizes without signs."""

EXERCISE = "output_range"
LOSES = ("example", "drawn")
HINT = "A large negative output counted as a large one. Does the sign matter for a range?"

import numpy as np


def output_range(outputs):
    return np.min(np.abs(outputs)), np.max(np.abs(outputs))
