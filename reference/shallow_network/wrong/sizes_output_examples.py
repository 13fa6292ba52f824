"""Takes the number of examples for the number of outputs."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "Your n_y is the number of labels. One example has how many rows in Y?"


def layer_sizes(X, Y):
    return X.shape[0], 4, Y.shape[1]
