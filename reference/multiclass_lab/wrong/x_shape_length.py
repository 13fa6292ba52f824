"""Gives the number of points only."""

EXERCISE = "x_shape"
LOSES = ("value",)
HINT = "That is how many points there are. How many numbers is each of them?"


X_shape = 100
