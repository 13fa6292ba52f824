"""Makes a flat array of weights."""

EXERCISE = "initialize_with_zeros"
LOSES = ("weights",)
HINT = (
    "Your w has one axis, so its transpose is itself, and later products surprise you. The shape asked for has "
    "two numbers."
)

import numpy as np


def initialize_with_zeros(dim):
    return np.zeros(dim), 0.0
