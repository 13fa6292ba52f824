"""A loop over the labels, whole numbers inside."""

EXERCISE = "one_hot"

import numpy as np


def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes), dtype=int)
    for i, label in enumerate(labels):
        rows[i, label] = 1
    return rows
