"""Always adds a batch for the rest, even if there is none."""

EXERCISE = "mini_batches"
LOSES = ("example", "even")
HINT = "When the batches come out even, yours end with an empty one. When is there a rest at all?"


def mini_batches(X, y, order, size):
    batches = []
    for k in range(len(y) // size + 1):
        chosen = order[k * size : (k + 1) * size]
        batches.append((X[chosen], y[chosen]))
    return batches
