"""Computes in single precision."""

EXERCISE = "batch_norm"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    X, gamma, beta = (a.astype(np.float32) for a in (X, gamma, beta))
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + np.float32(epsilon)) + beta
