"""Uses the threshold 2."""

EXERCISE = "or_gate"
LOSES = ("two", "three", "long")
HINT = "A single 1 does not make your gate fire. Which threshold does a single 1 just reach?"

import numpy as np


def or_gate(x):
    return 1 if np.sum(x) >= 2 else 0
