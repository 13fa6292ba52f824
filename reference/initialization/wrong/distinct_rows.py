"""Counts the different rows."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "You counted different rows, which belong to inputs. Where are the neurons?"

import numpy as np


def distinct_neurons(W):
    return len(np.unique(W, axis=0))
