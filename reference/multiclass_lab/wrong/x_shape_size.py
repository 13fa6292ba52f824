"""Counts all numbers."""

EXERCISE = "x_shape"
LOSES = ("value",)
HINT = "That is how many numbers the array holds. How are they arranged?"


X_shape = 200
