"""Gives whole numbers in a list."""

EXERCISE = "units"


units = [1, -1, 3, -6]
