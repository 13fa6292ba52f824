"""Divides by p."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = "You divided by the probability of being dropped. Which share stays?"


def dropout(A, mask, p):
    return A * mask / p
