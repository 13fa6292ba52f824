"""Draws between 0 and 1."""

EXERCISE = "xavier"
LOSES = ("variance", "centred", "normal")
HINT = "All your weights are positive: the numbers were drawn between 0 and 1. Around which value should they lie?"

import numpy as np


def xavier(n_in, n_out, seed):
    rng = np.random.default_rng(seed)
    return rng.random((n_in, n_out)) * np.sqrt(1 / (n_in + n_out))
