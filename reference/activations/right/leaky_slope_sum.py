"""Adds the two pieces."""

EXERCISE = "leaky_relu_derivative"


def leaky_relu_derivative(z):
    return (z > 0) + 0.01 * (z <= 0)
