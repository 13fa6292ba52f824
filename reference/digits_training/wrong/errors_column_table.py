"""Compares an array with a column, which makes a table."""

EXERCISE = "count_errors"
LOSES = ("column",)
HINT = "For a column your count is far too large: every prediction was compared with every digit. Which shapes met?"

import numpy as np


def count_errors(predicted, labels):
    return np.sum(predicted != labels)
