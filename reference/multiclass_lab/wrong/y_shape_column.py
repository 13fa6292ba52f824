"""Takes the classes for a column."""

EXERCISE = "y_shape"
LOSES = ("value",)
HINT = "The classes are no column. How many numbers does the shape of an array with a single dimension have?"


y_shape = (100, 1)
