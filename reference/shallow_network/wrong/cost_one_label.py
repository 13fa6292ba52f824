"""Leaves out the part for the label 0."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Examples with the label 0 cost nothing in your sum. The formula has a second part for them."

import numpy as np


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2)) / Y.shape[1]
