"""Draws one neuron and adds it to zeros."""

EXERCISE = "glorot_normal"
LOSES = ("random", "variance", "centred", "normal", "repeats")
HINT = "All your neurons are copies of one. They would learn the same thing for ever."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    column = np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, 1))
    return np.zeros((n_in, n_out)) + column
