"""Turns the sign around at the difference a - y."""

EXERCISE = "backward"
LOSES = ("dj_da",)
HINT = "Going back through d = a - y, the sign changed. It would for y; does it for a?"


backward = (2.0, -2.0, -2.0, -2.0, 4.0)
