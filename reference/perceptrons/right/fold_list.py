"""Returns a plain list."""

EXERCISE = "fold_threshold"


def fold_threshold(n, theta):
    return [1 - theta] + [1] * n
