"""Multiplies by b where only a 1 belongs."""

EXERCISE = "backward"
LOSES = ("dj_db",)
HINT = "At a sum, a step of b arrives as it is. Why is there a factor of b in dJ/db?"


backward = (2.0, 2.0, 2.0, 16.0, -4.0)
