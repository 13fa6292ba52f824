"""Leaves the stride out."""

EXERCISE = "output_size"
LOSES = ("example", "remainder", "drawn")
HINT = "With stride 1 you are right. A window that moves in greater steps stands in fewer places."


def output_size(n, f, p, s):
    return n + 2 * p - f + 1
