"""Returns the bias first."""

EXERCISE = "initialize_with_zeros"
LOSES = ("weights", "bias")
HINT = "Both are there, but in the other order: first w, then b."

import numpy as np


def initialize_with_zeros(dim):
    return 0.0, np.zeros((dim, 1))
