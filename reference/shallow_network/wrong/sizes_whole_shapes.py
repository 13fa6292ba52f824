"""Returns whole shapes."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "You return the shapes of X and Y themselves. Only one number of each is a size of a layer."


def layer_sizes(X, Y):
    return X.shape, 4, Y.shape
