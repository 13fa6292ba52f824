"""Forgets the factor x."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "dJ/dw and dJ/db are the same in your answer. What does w meet on its way that b does not?"


def gradients(w, b, x, y):
    d = w * x + b - y
    return d, d
