"""Subtracts the output from the target."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "Both slopes point the other way. In d, is y taken from a, or a from y?"


def gradients(w, b, x, y):
    d = y - (w * x + b)
    return d * x, d
