"""Multiplies by the share that stays."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = "What stays has become smaller. Should it grow or shrink to make up for the rest?"


def dropout(A, mask, p):
    return A * mask * (1 - p)
