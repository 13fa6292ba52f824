"""Uses the threshold 2, so that two of three are enough."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "Two ones out of three already make your gate fire. How large is the sum when all three are 1?"

import numpy as np


def and_gate(x):
    return 1 if np.sum(x) >= 2 else 0
