"""Writes zeros into the array that was passed in."""

EXERCISE = "relu"
LOSES = ("unchanged",)
HINT = "The answers are right, but the array of whoever called was overwritten. How can you leave z as it was?"


def relu(z):
    z[z < 0] = 0
    return z
