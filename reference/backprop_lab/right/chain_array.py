"""All three in an array."""

EXERCISE = "chain_rule"

import numpy as np


def chain_rule(x):
    v = x**2 + 1
    slopes = np.array([3 * v**2, 2 * x, 0.0])
    slopes[2] = slopes[0] * slopes[1]
    return slopes
