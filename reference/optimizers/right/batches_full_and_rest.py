"""Makes the full batches first, then the rest if there is one."""

EXERCISE = "mini_batches"


def mini_batches(X, y, order, size):
    batches = []
    full = len(y) // size
    for k in range(full):
        chosen = order[k * size : (k + 1) * size]
        batches.append((X[chosen], y[chosen]))
    if len(y) % size != 0:
        chosen = order[full * size :]
        batches.append((X[chosen], y[chosen]))
    return tuple(batches)
