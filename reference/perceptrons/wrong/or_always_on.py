"""Uses the threshold 0, which every row reaches."""

EXERCISE = "or_gate"
LOSES = ("two", "three", "long")
HINT = "Your gate fires even when all inputs are 0. Which sum must not reach the threshold?"

import numpy as np


def or_gate(x):
    return 1 if np.sum(x) >= 0 else 0
