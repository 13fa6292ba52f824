"""Squares the half as well."""

EXERCISE = "forward"
LOSES = ("j",)
HINT = "J came out as 1. Is the square taken of d, or of half of d?"


c, a, d = -4.0, 4.0, 2.0
J = (d / 2) ** 2
forward = (c, a, d, J)
