"""Subtracts the bias."""

EXERCISE = "forward"
LOSES = ("a",)
HINT = "From c to a you took b away. What does the second node do with it?"


c = -4.0
a = c - 8.0
d = a - 2.0
forward = (c, a, d, d**2 / 2)
