"""Puts the number of points into the first matrix."""

EXERCISE = "weight_shapes"
LOSES = ("value",)
HINT = "The first matrix does not grow with the number of points. Which two numbers shape it?"


weight_shapes = ((100, 2), (2,), (2, 4), (4,))
