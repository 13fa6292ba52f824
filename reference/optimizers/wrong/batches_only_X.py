"""Returns the examples without their labels."""

EXERCISE = "mini_batches"
LOSES = ("example", "drawn", "even", "unchanged")
HINT = "Your batches hold no labels. Learning needs both, side by side."


def mini_batches(X, y, order, size):
    return [X[order[start : start + size]] for start in range(0, len(y), size)]
