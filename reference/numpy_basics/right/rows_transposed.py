"""Puts the rows upright and back, so that no axis needs to be kept."""

EXERCISE = "normalize_rows"

import numpy as np


def normalize_rows(x):
    return (x.T / np.linalg.norm(x, axis=1)).T
