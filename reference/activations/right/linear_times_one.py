"""Multiplies by the slope."""

EXERCISE = "linear"


def linear(z):
    return 1.0 * z
