"""Fills with ones."""

EXERCISE = "initialize_zeros"
LOSES = ("example", "drawn")
HINT = "Your weights are all 1. Which number is asked?"

import numpy as np


def initialize_zeros(n_in, n_out):
    return np.ones((n_in, n_out))
