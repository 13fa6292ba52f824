"""Returns the slope for b first."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "Both slopes are there, in the other order. Which comes first?"


def gradients(w, b, x, y):
    d = w * x + b - y
    return d, d * x
