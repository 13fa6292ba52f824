"""Every label becomes a column."""

EXERCISE = "one_hot"
LOSES = (
    "example",
    "drawn",
    "unchanged",
)
HINT = "Labels run along the columns of your array and classes along its rows; it should be the other way round."

import numpy as np


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows.T
