"""Fires unless all inputs are 1."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "This is NOT AND: right in every row if you swap 0 and 1."

import numpy as np


def and_gate(x):
    return 0 if np.sum(x) == 3 else 1
