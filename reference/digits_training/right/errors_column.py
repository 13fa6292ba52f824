"""Makes a column of the predictions instead."""

EXERCISE = "count_errors"

import numpy as np


def count_errors(predicted, labels):
    return np.count_nonzero(predicted.reshape(-1, 1) != labels.reshape(-1, 1))
