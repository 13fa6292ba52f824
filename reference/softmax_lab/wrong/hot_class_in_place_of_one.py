"""Writes the class itself in place of a 1."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "Rows of class 2 hold a 2, and rows of class 0 hold nothing. Which number marks the place?"

import numpy as np


def one_hot(y, N):
    table = np.zeros((len(y), N))
    table[np.arange(len(y)), y] = y
    return table
