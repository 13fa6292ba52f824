"""Moves on by one entry whatever the step."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "You have too many numbers. How far apart do two windows begin?"


def conv1d(series, kernel, step):
    return windows(series, len(kernel), 1) @ kernel
