"""Leaves the last, shorter batch out."""

EXERCISE = "mini_batches"
LOSES = ("drawn", "unchanged")
HINT = "The examples that are left at the end are in no batch. A last batch may be shorter."


def mini_batches(X, y, order, size):
    batches = []
    for k in range(len(y) // size):
        chosen = order[k * size : (k + 1) * size]
        batches.append((X[chosen], y[chosen]))
    return batches
