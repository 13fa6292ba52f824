"""Divides without rounding."""

EXERCISE = "output_size"
LOSES = ("remainder", "drawn")
HINT = "A size is a whole number. What becomes of a last step that does not fit in completely?"


def output_size(n, f, p, s):
    return (n + 2 * p - f) / s + 1
