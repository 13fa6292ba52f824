"""Splits the slope between the two inputs of the sum."""

EXERCISE = "backward"
LOSES = ("dj_dc", "dj_db")
HINT = "You shared the slope between c and b. A step of either arrives at a in full: is there anything to share?"


backward = (2.0, 2.0, 1.0, 1.0, -2.0)
