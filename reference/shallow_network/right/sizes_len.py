"""Counts the rows with len."""

EXERCISE = "layer_sizes"


def layer_sizes(X, Y):
    return [len(X), 4, len(Y)]
