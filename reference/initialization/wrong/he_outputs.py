"""Counts the outputs."""

EXERCISE = "he_normal"
LOSES = ("variance",)
HINT = "You counted the outputs. How many terms does each neuron add up?"

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / n_out), (n_in, n_out))
