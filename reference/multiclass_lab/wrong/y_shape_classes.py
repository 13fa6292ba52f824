"""Gives the number of classes."""

EXERCISE = "y_shape"
LOSES = ("value",)
HINT = "That is how many classes there are. How many points have one?"


y_shape = (4,)
