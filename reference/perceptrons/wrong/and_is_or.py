"""Uses the threshold of OR."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "A single 1 makes your gate fire: that is OR. AND waits for all three."

import numpy as np


def and_gate(x):
    return 1 if np.sum(x) >= 1 else 0
