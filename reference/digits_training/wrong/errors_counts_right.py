"""Counts the right ones."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "You counted the places where they agree. Which ones were asked?"

import numpy as np


def count_errors(predicted, labels):
    return np.sum(predicted == labels.ravel())
