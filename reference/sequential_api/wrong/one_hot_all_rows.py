"""A slice fills whole columns."""

EXERCISE = "one_hot"
LOSES = (
    "example",
    "drawn",
    "unchanged",
)
HINT = "Every row has ones for all labels. Which single entry of a row belongs to its label?"

import numpy as np


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), classes))
    rows[:, labels] = 1
    return rows
