"""Leaves epsilon out."""

EXERCISE = "batch_norm"
LOSES = ("epsilon", "constant")
HINT = "A feature without spread becomes nan: 0 / 0. Which small number prevents that?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    with np.errstate(all="ignore"):
        return gamma * (X - X.mean(axis=0)) / X.std(axis=0) + beta
