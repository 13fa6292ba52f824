"""Looks at the first example only."""

EXERCISE = "output_range"
LOSES = ("example", "drawn")
HINT = "Only the first row has a say. Where are the other examples?"

import numpy as np


def output_range(outputs):
    return np.min(outputs[0]), np.max(outputs[0])
