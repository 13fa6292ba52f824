"""Scales without dropping."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = "Nobody was dropped. Where does the mask come in?"


def dropout(A, mask, p):
    return A / (1 - p)
