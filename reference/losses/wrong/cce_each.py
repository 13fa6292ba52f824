"""Returns one loss for each example."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "These are the losses one by one, and they are right. What makes one number of them?"

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.sum(Y * np.log(P), axis=1)
