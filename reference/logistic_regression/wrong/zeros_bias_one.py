"""Begins with a bias of 1."""

EXERCISE = "initialize_with_zeros"
LOSES = ("bias",)
HINT = "The weights are right. The bias should begin at 0 as well."

import numpy as np


def initialize_with_zeros(dim):
    return np.zeros((dim, 1)), 1.0
