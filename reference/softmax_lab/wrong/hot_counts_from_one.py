"""Counts the classes from 1."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "The ones stand one place too far to the left. From which number are classes counted?"

import numpy as np


def one_hot(y, N):
    return np.eye(N)[y - 1]
