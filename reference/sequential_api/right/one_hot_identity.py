"""Rows of an identity matrix."""

EXERCISE = "one_hot"

import numpy as np


def one_hot(labels, classes):
    return np.eye(classes)[labels]
