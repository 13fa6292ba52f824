"""Returns the lengths instead of the rows."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "These are the lengths of the rows. The rows are still to be divided by them."

import numpy as np


def normalize_rows(x):
    return np.linalg.norm(x, axis=1, keepdims=True)
