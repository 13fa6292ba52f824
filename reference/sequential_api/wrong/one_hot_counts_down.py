"""The labels are changed in place."""

EXERCISE = "one_hot"
LOSES = ("unchanged",)
HINT = "After the call your labels are not what they were: something was taken off them in place."

import numpy as np


def one_hot(labels, classes):
    """Rows (m, classes) of zeros with a one in the column of each label (m,)."""
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = 1
    labels -= 1
    return rows
