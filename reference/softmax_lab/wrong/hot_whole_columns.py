"""Fills whole columns."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "There are rows with more than a single 1. Does your index name a place in each row, or whole columns?"

import numpy as np


def one_hot(y, N):
    table = np.zeros((len(y), N))
    table[:, y] = 1
    return table
