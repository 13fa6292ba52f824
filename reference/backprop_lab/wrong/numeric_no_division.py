"""Returns the change of the cost."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = "This is how much the cost changed. How does a slope come out of a change and the step that caused it?"


def numeric_slope(w, b, x, y, step):
    return cost(w + step, b, x, y) - cost(w, b, x, y)


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
