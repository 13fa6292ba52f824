"""Adds up by matrix products, and leaves an array of one entry."""

EXERCISE = "compute_cost"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    return -(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / m
