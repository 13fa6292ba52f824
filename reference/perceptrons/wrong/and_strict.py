"""Asks for a sum above 3, which three inputs never reach."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "Your gate never fires. Three inputs add up to 3 at most: is 3 above 3?"

import numpy as np


def and_gate(x):
    return 1 if np.sum(x) > 3 else 0
