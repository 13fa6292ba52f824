"""Uses the logarithm to base 2."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "Your answer is in bits: it is right up to one constant factor. Which logarithm is meant?"

import numpy as np


def kl_divergence(p, q):
    return np.sum(p * np.log2(p / q))
