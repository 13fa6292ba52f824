"""Returns the cross-entropy."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "This is the cross-entropy of p and q. For p = q the divergence is 0: what has to be taken away?"

import numpy as np


def kl_divergence(p, q):
    return -np.sum(p * np.log(q))
