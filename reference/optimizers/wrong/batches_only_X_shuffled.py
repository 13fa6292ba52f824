"""Reorders the examples and not their labels."""

EXERCISE = "mini_batches"
LOSES = ("example", "drawn", "even", "unchanged")
HINT = "Your examples are reordered and their labels are not, so they no longer belong together."


def mini_batches(X, y, order, size):
    X = X[order]
    return [(X[start : start + size], y[start : start + size]) for start in range(0, len(y), size)]
