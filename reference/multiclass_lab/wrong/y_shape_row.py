"""Takes the classes for a row."""

EXERCISE = "y_shape"
LOSES = ("value",)
HINT = "The classes are no row of a matrix. How many dimensions has the array?"


y_shape = (1, 100)
