"""Counts inputs and outputs."""

EXERCISE = "he_normal"
LOSES = ("variance",)
HINT = "That is Glorot's variance. He leaves the outputs out."

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))
