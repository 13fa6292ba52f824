"""Turns the sign."""

EXERCISE = "linear"
LOSES = ("example", "drawn", "shapes")
HINT = "Every sign is turned. The line rises."


def linear(z):
    return -z
