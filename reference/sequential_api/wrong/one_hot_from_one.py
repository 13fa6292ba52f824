"""Classes are counted from 1."""

EXERCISE = "one_hot"
LOSES = (
    "example",
    "drawn",
    "unchanged",
)
HINT = "Your ones stand one column too far to the left. The classes are counted from 0."

import numpy as np


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels - 1] = 1
    return rows
