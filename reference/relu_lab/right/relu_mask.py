"""Multiplies by a mask."""

EXERCISE = "relu"


def relu(z):
    return z * (z > 0)
