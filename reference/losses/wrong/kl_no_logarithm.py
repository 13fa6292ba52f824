"""Forgets the logarithm."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "You weigh the quotients themselves. For p = q that gives 1, and it should be 0."

import numpy as np


def kl_divergence(p, q):
    return np.sum(p * (p / q))
