"""Makes the labels one-hot first."""

EXERCISE = "sparse_categorical_cross_entropy"

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    Y = np.eye(P.shape[1])[y]
    return -np.sum(Y * np.log(P)) / P.shape[0]
