"""Goes through the rows in a loop."""

EXERCISE = "sparse_categorical_cross_entropy"

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    losses = []
    for i in range(len(y)):
        losses.append(-np.log(P[i, y[i]]))
    return sum(losses) / len(losses)
