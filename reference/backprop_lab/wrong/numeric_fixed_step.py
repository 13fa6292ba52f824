"""Uses a step of 0.001 whatever was passed in."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = "Your answer is nearly the same for every step. Where does `step` come in?"


def numeric_slope(w, b, x, y, step):
    return (cost(w + 0.001, b, x, y) - cost(w, b, x, y)) / 0.001


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
