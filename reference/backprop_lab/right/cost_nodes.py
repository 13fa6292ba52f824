"""One node after the other."""

EXERCISE = "cost"


def cost(w, b, x, y):
    c = w * x
    a = c + b
    d = a - y
    return 0.5 * d * d
