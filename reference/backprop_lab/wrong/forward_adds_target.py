"""Adds the target instead of subtracting it."""

EXERCISE = "forward"
LOSES = ("d",)
HINT = "d should say how far the output is from the target. Is that a sum or a difference?"


c = -4.0
a = c + 8.0
d = a + 2.0
forward = (c, a, d, d**2 / 2)
