"""Multiplies by 0."""

EXERCISE = "step_derivative"


def step_derivative(z):
    return 0 * z
