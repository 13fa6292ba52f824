"""Takes the number of examples for the number of features."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "Your n_x is the number of examples. They are columns; the features of one of them run downwards."


def layer_sizes(X, Y):
    return X.shape[1], 4, Y.shape[0]
