"""Leaves the biases out."""

EXERCISE = "weight_shapes"
LOSES = ("value",)
HINT = "There are two shapes. What else does each unit have besides its weights?"


weight_shapes = ((2, 2), (2, 4))
