"""Takes biases for columns."""

EXERCISE = "weight_shapes"
LOSES = ("value",)
HINT = "The weights are right. How many dimensions has a bias in Keras?"


weight_shapes = ((2, 2), (2, 1), (2, 4), (4, 1))
