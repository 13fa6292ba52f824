"""Forgets the factor of 2."""

EXERCISE = "he_normal"
LOSES = ("variance",)
HINT = "Your variance is half of He's. ReLU silences about half of the neurons: what makes up for that?"

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / n_in), (n_in, n_out))
