"""Compares each column with all that were seen."""

EXERCISE = "distinct_neurons"

import numpy as np


def distinct_neurons(W):
    seen = []
    for j in range(W.shape[1]):
        if not any(np.all(W[:, j] == column) for column in seen):
            seen.append(W[:, j])
    return len(seen)
