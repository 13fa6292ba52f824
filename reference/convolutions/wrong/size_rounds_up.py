"""Rounds up."""

EXERCISE = "output_size"
LOSES = ("remainder", "drawn")
HINT = "Your last window sticks out of the row. It is left away: in which direction is the quotient rounded?"

import numpy as np


def output_size(n, f, p, s):
    return int(np.ceil((n + 2 * p - f) / s)) + 1
