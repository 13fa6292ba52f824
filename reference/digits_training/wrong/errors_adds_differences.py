"""Adds up how far apart the digits are."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "A 7 in place of a 1 counted as six errors. What counts as one error?"

import numpy as np


def count_errors(predicted, labels):
    return np.sum(np.abs(predicted.astype(int) - labels.ravel().astype(int)))
