"""Raises z to the power of 0."""

EXERCISE = "linear_derivative"


def linear_derivative(z):
    return z**0
