"""Forgets that the half and the 2 of the square cancel."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "Both slopes are twice too large. What did the half in the cost do to the 2 of the square?"


def gradients(w, b, x, y):
    d = w * x + b - y
    return 2 * d * x, 2 * d
