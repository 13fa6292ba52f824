"""Returns the share of inputs that are 1."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "Your answer lies between 0 and 1 when only some inputs are on. A gate has two answers only."

import numpy as np


def and_gate(x):
    return np.sum(x) / 3
