"""Gives how many numbers each holds."""

EXERCISE = "weight_shapes"
LOSES = ("value",)
HINT = "These are counts. How are the numbers arranged in rows and columns?"


weight_shapes = (4, 2, 8, 4)
