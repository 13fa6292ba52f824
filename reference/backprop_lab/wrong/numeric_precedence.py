"""Divides the second cost only, since parentheses are missing."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = "Only one of the two costs was divided by the step. What is missing around the difference?"


def numeric_slope(w, b, x, y, step):
    return cost(w + step, b, x, y) - cost(w, b, x, y) / step


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
