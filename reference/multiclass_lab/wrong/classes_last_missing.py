"""Leaves the last one out."""

EXERCISE = "classes"
LOSES = ("value",)
HINT = "One class is missing. Does the end of a range belong to it?"


classes = list(range(3))
