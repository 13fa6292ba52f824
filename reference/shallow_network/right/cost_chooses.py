"""Picks the probability of the true label."""

EXERCISE = "compute_cost"

import numpy as np


def compute_cost(A2, Y):
    return np.mean(-np.log(np.where(Y == 1, A2, 1 - A2)), axis=1, keepdims=True)
