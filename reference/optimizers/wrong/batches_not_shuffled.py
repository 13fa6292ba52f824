"""Ignores the order."""

EXERCISE = "mini_batches"
LOSES = ("example", "drawn", "even", "unchanged")
HINT = "Your batches keep the order of the data. The argument `order` says which example comes when."


def mini_batches(X, y, order, size):
    return [(X[start : start + size], y[start : start + size]) for start in range(0, len(y), size)]
