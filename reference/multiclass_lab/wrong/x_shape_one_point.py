"""Gives the shape of one point."""

EXERCISE = "x_shape"
LOSES = ("value",)
HINT = "That is the shape of a single point. How many of them are there?"


X_shape = (2,)
