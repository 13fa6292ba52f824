"""Leaves all weights at 0."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "With zero weights the inputs have no effect. What should each active input add to the sum?"

import numpy as np


def fold_threshold(n, theta):
    v = np.zeros(n + 1)
    v[0] = 0.5 - theta
    return v
