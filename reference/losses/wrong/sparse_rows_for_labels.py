"""Picks rows by the labels."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your indices choose whole rows. From each row, one column should be chosen."

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.mean(np.log(P[y % len(P)]))
