"""Fills row by row."""

EXERCISE = "one_hot"

import numpy as np


def one_hot(y, N):
    table = np.zeros((len(y), N))
    for i in range(len(y)):
        table[i, y[i]] = 1
    return table
