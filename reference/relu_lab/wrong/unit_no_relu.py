"""Leaves the line as it is."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "Below 0 your unit goes on as a straight line. What should happen to the line before you return it?"


def relu_unit(x, w, b):
    return w * x + b
