"""Takes the absolute values."""

EXERCISE = "he_normal"
LOSES = ("centred",)
HINT = "All your weights are positive. A neuron needs weights of both signs."

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.abs(np.random.default_rng(seed).normal(0, np.sqrt(2 / n_in), (n_in, n_out)))
