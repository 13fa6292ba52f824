"""Draws one neuron and copies it."""

EXERCISE = "xavier"
LOSES = ("random", "variance", "centred", "normal", "repeats")
HINT = "All your neurons are copies of one. They would learn the same thing for ever."

import numpy as np


def xavier(n_in, n_out, seed):
    column = np.random.default_rng(seed).normal(0, np.sqrt(1 / (n_in + n_out)), (n_in, 1))
    return np.tile(column, n_out)
