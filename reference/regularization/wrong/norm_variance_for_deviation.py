"""Divides by the variance."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "You divided by the variance itself. Something is missing that makes a standard deviation of it."


def batch_norm(X, gamma, beta, epsilon):
    return gamma * (X - X.mean(axis=0)) / (X.var(axis=0) + epsilon) + beta
