"""Reorders copies first, then cuts them."""

EXERCISE = "mini_batches"


def mini_batches(X, y, order, size):
    X, y = X[order, :], y[order]
    batches = []
    start = 0
    while start < len(y):
        batches.append([X[start : start + size, :], y[start : start + size]])
        start += size
    return batches
