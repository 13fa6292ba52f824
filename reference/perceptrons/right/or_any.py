"""Returns True or False."""

EXERCISE = "or_gate"

import numpy as np


def or_gate(x):
    return np.any(x == 1)
