"""Computes the two costs itself."""

EXERCISE = "numeric_slope"


def numeric_slope(w, b, x, y, step):
    before = (w * x + b - y) ** 2 / 2
    after = ((w + step) * x + b - y) ** 2 / 2
    return (after - before) / step
