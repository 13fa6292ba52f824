"""Adds the differences with their signs."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = "Differences of opposite sign cancel in your sum. Being wrong upwards does not make good being wrong downwards."

import numpy as np


def L1(yhat, y):
    return np.sum(y - yhat)
