"""Multiplies by w where x belongs."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "At the product, the slope for w is the other factor. Which one is that?"


def gradients(w, b, x, y):
    d = w * x + b - y
    return d * w, d
