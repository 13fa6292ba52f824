"""Exchanges gamma and beta."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "Gamma and beta changed places. Which of them scales, and which shifts?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return beta * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + epsilon) + gamma
