"""Takes the distance in place of the square."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "A difference of 4 should cost four times as much as one of 2; here it is twice as much. What was forgotten?"


def cost(w, b, x, y):
    return abs(w * x + b - y) / 2
