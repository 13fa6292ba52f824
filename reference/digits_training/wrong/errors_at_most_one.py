"""Stops at the first error."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "Your count never goes beyond 1. What happens after the first error was found?"

import numpy as np


def count_errors(predicted, labels):
    return int(np.any(predicted != labels.ravel()))
