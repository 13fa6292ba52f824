"""With the cost as a function of w alone."""

EXERCISE = "numeric_slope"


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2


def numeric_slope(w, b, x, y, step):
    def at(value):
        return cost(value, b, x, y)

    return (at(w + step) - at(w)) / step
