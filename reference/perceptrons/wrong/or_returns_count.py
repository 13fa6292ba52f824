"""Returns how many inputs are 1."""

EXERCISE = "or_gate"
LOSES = ("two", "three", "long")
HINT = "Your answer counts the ones. A gate says only whether there are any: 1 or 0."

import numpy as np


def or_gate(x):
    return int(np.sum(x))
