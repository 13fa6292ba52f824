"""Whole numbers."""

EXERCISE = "backward"


backward = (2, 2, 2, 2, -4)
