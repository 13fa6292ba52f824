"""Draws small weights at random."""

EXERCISE = "initialize_with_zeros"
LOSES = ("weights",)
HINT = "Your weights are not 0. One neuron alone has no symmetry to break, so this lab begins with zeros."

import numpy as np


def initialize_with_zeros(dim):
    rng = np.random.default_rng(1)
    return rng.normal(size=(dim, 1)) * 0.01, 0.0
