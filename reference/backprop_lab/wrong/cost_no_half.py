"""Forgets the half."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "Your cost is twice as large as it should be. What stands in the last node beside the square?"


def cost(w, b, x, y):
    return (w * x + b - y) ** 2
