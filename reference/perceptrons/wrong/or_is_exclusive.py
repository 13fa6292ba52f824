"""Fires only if exactly one input is 1."""

EXERCISE = "or_gate"
LOSES = ("two", "three", "long")
HINT = "With two ones your gate falls silent: that is the exclusive or. Does OR mind when several inputs are 1?"

import numpy as np


def or_gate(x):
    return 1 if np.sum(x) == 1 else 0
