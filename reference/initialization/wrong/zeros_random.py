"""Fills with small random numbers."""

EXERCISE = "initialize_zeros"
LOSES = ("example", "drawn")
HINT = "Your weights are small, but not 0. That comes later in the lab."

import numpy as np


def initialize_zeros(n_in, n_out):
    return np.random.default_rng(0).normal(0, 0.01, (n_in, n_out))
