"""Reads the slope of the second piece as 2."""

EXERCISE = "units"
LOSES = ("target",)
HINT = "Both bends are in the right place. Between x = 1 and x = 2 the target climbs by how much?"


units = (2.0, -2.0, 3.0, -6.0)
