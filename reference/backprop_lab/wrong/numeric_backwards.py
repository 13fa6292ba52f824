"""Takes the cost after the step from the one before."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = "The sign is turned around. From which of the two costs is the other taken?"


def numeric_slope(w, b, x, y, step):
    return (cost(w, b, x, y) - cost(w + step, b, x, y)) / step


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
