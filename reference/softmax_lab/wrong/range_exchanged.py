"""Returns the largest first."""

EXERCISE = "output_range"
LOSES = ("example", "drawn")
HINT = "Both numbers are there, in the other order. Which comes first?"

import numpy as np


def output_range(outputs):
    return np.max(outputs), np.min(outputs)
