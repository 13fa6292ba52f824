"""The biggest label decides how many columns there are."""

EXERCISE = "one_hot"
LOSES = (
    "example",
    "drawn",
    "unchanged",
)
HINT = "The number of columns follows the biggest label. A class that nobody has this time still needs its column."

import numpy as np


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), max(labels) + 1))
    rows[np.arange(len(labels)), labels] = 1
    return rows
