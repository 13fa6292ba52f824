"""Takes the size of the errors instead of their squares."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "Each error should be squared; in your cost it enters with its size."

import numpy as np


def linear_cost(x, y, w, b):
    return np.sum(np.abs(w * x + b - y)) / (2 * len(x))
