"""Goes through the classes in a loop."""

EXERCISE = "kl_divergence"

import numpy as np


def kl_divergence(p, q):
    total = 0
    for i in range(len(p)):
        if p[i] > 0:
            total += p[i] * (np.log(p[i]) - np.log(q[i]))
    return total
