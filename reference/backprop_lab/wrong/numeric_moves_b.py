"""Moves b instead of w."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = "You have the slope for b. Which of the numbers was to be moved?"


def numeric_slope(w, b, x, y, step):
    return (cost(w, b + step, x, y) - cost(w, b, x, y)) / step


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
