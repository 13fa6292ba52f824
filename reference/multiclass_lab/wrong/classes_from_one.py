"""Counts from 1."""

EXERCISE = "classes"
LOSES = ("value",)
HINT = "There is a class before 1 in the data. From which number do the classes start?"


classes = [1, 2, 3, 4]
