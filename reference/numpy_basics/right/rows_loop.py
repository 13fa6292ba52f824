"""Goes row by row."""

EXERCISE = "normalize_rows"

import numpy as np


def normalize_rows(x):
    rows = []
    for row in x:
        rows.append(row / np.sqrt(np.dot(row, row)))
    return np.array(rows)
