"""Picks the target's probabilities by a mask."""

EXERCISE = "categorical_cross_entropy"

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.log(P[Y == 1]).mean()
