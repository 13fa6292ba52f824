"""Gives unit 1 the third piece and unit 2 the second."""

EXERCISE = "units"
LOSES = ("unit1", "unit2")
HINT = "The sum fits, but the units have changed places. Which of them was to begin at x = 1?"


units = (3.0, -6.0, 1.0, -1.0)
