"""Forgets the half."""

EXERCISE = "forward"
LOSES = ("j",)
HINT = "Your J is a whole square. What else stands in the formula of the cost?"


c, a, d = -4.0, 4.0, 2.0
J = d**2
forward = (c, a, d, J)
