"""Forgets the first place."""

EXERCISE = "output_size"
LOSES = ("example", "remainder", "drawn")
HINT = "You counted the steps, and the places are one more: the window stands somewhere before its first step."


def output_size(n, f, p, s):
    return (n + 2 * p - f) // s
