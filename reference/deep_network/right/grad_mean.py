"""Takes the mean, and writes the products as a sum over indices."""

EXERCISE = "linear_backward"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    dW = np.einsum("im,jm->ij", dZ, A_prev) / dZ.shape[1]
    db = dZ.mean(axis=1).reshape(-1, 1)
    dA_prev = np.einsum("ij,im->jm", W, dZ)
    return [dA_prev, dW, db]
