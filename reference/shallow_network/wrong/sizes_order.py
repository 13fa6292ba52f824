"""Returns the hidden layer last."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "All three sizes are there, in another order. The network runs from input to hidden layer to output."


def layer_sizes(X, Y):
    return X.shape[0], Y.shape[0], 4
