"""Loses the sign of x."""

EXERCISE = "forward"
LOSES = ("c",)
HINT = "Your c is positive. What is the sign of a product of 2 and -2?"


c = 2.0 * 2.0
a = c + 8.0
d = a - 2.0
forward = (c, a, d, d**2 / 2)
