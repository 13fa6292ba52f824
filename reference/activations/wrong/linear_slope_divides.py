"""Divides z by itself, which fails at 0."""

EXERCISE = "linear_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "z divided by z has no answer at 0. The slope is the same there as everywhere."


def linear_derivative(z):
    return z / z
