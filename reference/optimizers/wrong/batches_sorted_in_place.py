"""Reorders the data themselves."""

EXERCISE = "mini_batches"
LOSES = ("unchanged",)
HINT = "The batches are right, but X and y themselves were reordered. Leave them as they are for the next round."


def mini_batches(X, y, order, size):
    X[:], y[:] = X[order], y[order]
    return [(X[start : start + size].copy(), y[start : start + size].copy()) for start in range(0, len(y), size)]
