"""Compares columns by their sums."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "Two columns can have the same sum and still be different. Compare them entry by entry."

import numpy as np


def distinct_neurons(W):
    return len(np.unique(W.sum(axis=0)))
