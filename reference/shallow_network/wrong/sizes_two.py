"""Forgets the hidden layer."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "There are three layers with a size, and you return two. Which one is missing in the middle?"


def layer_sizes(X, Y):
    return X.shape[0], Y.shape[0]
