"""Cuts off the fraction."""

EXERCISE = "linear"
LOSES = ("example", "drawn", "shapes")
HINT = "Fractions are lost. The linear activation changes nothing at all."


def linear(z):
    return z.astype(int)
