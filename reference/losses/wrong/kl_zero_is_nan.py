"""Multiplies 0 by the logarithm of 0."""

EXERCISE = "kl_divergence"
LOSES = ("zero",)
HINT = (
    "Right while no entry of p is 0. Then 0 times log 0 comes up, which NumPy calls nan: what should such a class add?"
)

import numpy as np


def kl_divergence(p, q):
    return np.sum(p * np.log(p / q))
