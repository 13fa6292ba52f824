"""Forgets the square."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "A cost below 0 came out. Which operation in the last node makes that impossible?"


def cost(w, b, x, y):
    return (w * x + b - y) / 2
