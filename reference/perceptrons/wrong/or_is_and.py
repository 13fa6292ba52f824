"""Asks for all inputs instead of any."""

EXERCISE = "or_gate"
LOSES = ("two", "three", "long")
HINT = "This gate is AND: it waits for all inputs. How many ones are enough for OR?"

import numpy as np


def or_gate(x):
    return 1 if np.sum(x) >= len(x) else 0
