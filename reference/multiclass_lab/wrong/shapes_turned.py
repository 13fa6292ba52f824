"""Has a row for each unit."""

EXERCISE = "weight_shapes"
LOSES = ("value",)
HINT = "The matrix of the second layer is turned around. What has a row in Keras, an input or a unit?"


weight_shapes = ((2, 2), (2,), (4, 2), (4,))
