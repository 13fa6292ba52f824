"""Takes the smallest input."""

EXERCISE = "and_gate"

import numpy as np


def and_gate(x):
    return np.min(x)
