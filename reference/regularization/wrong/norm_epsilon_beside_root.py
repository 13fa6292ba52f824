"""Puts epsilon beside the root."""

EXERCISE = "batch_norm"
LOSES = ("epsilon",)
HINT = "Nearly right: your epsilon stands beside the root. Where does the formula have it?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return gamma * (X - X.mean(axis=0)) / (np.sqrt(X.var(axis=0)) + epsilon) + beta
