"""Puts all weights in a row."""

EXERCISE = "initialize_zeros"
LOSES = ("example", "drawn")
HINT = "The count is right, the form is not: a table with rows and columns is asked."

import numpy as np


def initialize_zeros(n_in, n_out):
    return np.zeros(n_in * n_out)
