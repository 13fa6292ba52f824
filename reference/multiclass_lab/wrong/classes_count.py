"""Gives how many there are."""

EXERCISE = "classes"
LOSES = ("value",)
HINT = "That is how many classes there are. Which ones are they?"


classes = 4
