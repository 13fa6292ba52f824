"""In a loop."""

EXERCISE = "count_errors"

import numpy as np


def count_errors(predicted, labels):
    errors = 0
    for i in range(len(predicted)):
        if predicted[i] != np.ravel(labels)[i]:
            errors += 1
    return errors
