"""Adds 1 before dividing."""

EXERCISE = "output_size"
LOSES = ("example", "remainder", "drawn")
HINT = "You divided the 1 as well. The first place counts fully, whatever the stride."


def output_size(n, f, p, s):
    return (n + 2 * p - f + 1) // s
