"""Gives the changes of J instead of slopes."""

EXERCISE = "backward"
LOSES = ("dj_dd",)
HINT = "These are changes of J for a step of 0.001. How does a slope come out of a change and a step?"


backward = (0.002, 0.002, 0.002, 0.002, -0.004)
