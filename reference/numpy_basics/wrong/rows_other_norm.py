"""Takes the sum of the sizes for the length."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "You measure rows by the sum of their entries without signs. The length asked for is that of an arrow."

import numpy as np


def normalize_rows(x):
    return x / np.linalg.norm(x, ord=1, axis=1, keepdims=True)
