"""Exchanges rows and columns."""

EXERCISE = "initialize_zeros"
LOSES = ("example", "drawn")
HINT = "Your layer lies on its side: inputs should be rows, neurons columns."

import numpy as np


def initialize_zeros(n_in, n_out):
    return np.zeros((n_out, n_in))
