"""Forgets that the cost is half of the square."""

EXERCISE = "backward"
LOSES = ("dj_dd",)
HINT = "Your first slope is that of d squared. What does the half do to it?"


d = 2.0
dJ_dd = 2 * d
backward = (dJ_dd, dJ_dd, dJ_dd, dJ_dd, -2 * dJ_dd)
