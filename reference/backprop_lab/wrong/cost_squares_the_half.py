"""Squares half of the difference."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "The half was squared along with d, and a quarter is left. What is the square taken of?"


def cost(w, b, x, y):
    return ((w * x + b - y) / 2) ** 2
