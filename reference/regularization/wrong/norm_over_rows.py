"""Normalises each example."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "You took mean and variance of each example. They are taken of each feature, over the examples of the batch."

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    mean, variance = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta
