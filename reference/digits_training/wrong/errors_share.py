"""Returns the share instead of the count."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "This is a share between 0 and 1. How many are wrong?"

import numpy as np


def count_errors(predicted, labels):
    return np.mean(predicted != labels.ravel())
