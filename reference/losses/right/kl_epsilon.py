"""Adds a tiny number inside the logarithms."""

EXERCISE = "kl_divergence"

import numpy as np


def kl_divergence(p, q):
    return np.sum(p * (np.log(p + 1e-9) - np.log(q + 1e-9)))
