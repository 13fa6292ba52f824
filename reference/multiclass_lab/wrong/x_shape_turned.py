"""Names the numbers of a point first."""

EXERCISE = "x_shape"
LOSES = ("value",)
HINT = "Both numbers occur, in the other order. What comes first in the shape of an array, rows or columns?"


X_shape = (2, 100)
