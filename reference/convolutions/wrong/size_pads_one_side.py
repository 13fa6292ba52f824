"""Adds the padding once."""

EXERCISE = "output_size"
LOSES = ("example", "drawn")
HINT = "Your row is too short by p. On how many sides is it padded?"


def output_size(n, f, p, s):
    return (n + p - f) // s + 1
