"""Returns one slope only."""

EXERCISE = "gradients"
LOSES = ("example", "drawn")
HINT = "One number came back. The slope for b is asked as well, after that for w."


def gradients(w, b, x, y):
    return (w * x + b - y) * x
