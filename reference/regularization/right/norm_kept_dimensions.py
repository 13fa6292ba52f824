"""Keeps the dimensions, and scales last."""

EXERCISE = "batch_norm"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    mean = np.mean(X, axis=0, keepdims=True)
    centred = X - mean
    variance = np.mean(centred**2, axis=0, keepdims=True)
    normed = centred / np.sqrt(variance + epsilon)
    return normed * gamma.reshape(1, -1) + beta.reshape(1, -1)
