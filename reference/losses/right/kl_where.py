"""Leaves classes that never happen out with np.where."""

EXERCISE = "kl_divergence"

import numpy as np


def kl_divergence(p, q):
    ratio = np.where(p > 0, p, 1) / np.where(p > 0, q, 1)
    return np.sum(p * np.log(ratio))
