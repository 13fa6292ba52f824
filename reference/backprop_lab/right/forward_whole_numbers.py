"""Whole numbers in a list."""

EXERCISE = "forward"


forward = [-4, 4, 2, 2]
