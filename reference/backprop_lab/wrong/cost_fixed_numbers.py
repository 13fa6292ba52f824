"""Uses the numbers of the example whatever was passed in."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "You return the same cost for all numbers. Where do the arguments come in?"


def cost(w, b, x, y):
    return (2.0 * -2.0 + 8.0 - 2.0) ** 2 / 2
