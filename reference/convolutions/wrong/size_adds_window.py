"""Adds the window instead of subtracting it."""

EXERCISE = "output_size"
LOSES = ("example", "remainder", "drawn")
HINT = "Your output is larger than the padded row. A larger window leaves less room to move."


def output_size(n, f, p, s):
    return (n + 2 * p + f) // s + 1
