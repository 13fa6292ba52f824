"""Forgets to divide."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "These are sums. How many numbers does a map hold?"

import numpy as np


def global_average_pool(maps):
    return np.sum(maps, axis=(0, 1))
