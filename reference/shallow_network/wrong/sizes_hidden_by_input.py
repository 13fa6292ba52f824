"""Makes the hidden layer as large as the input."""

EXERCISE = "layer_sizes"
LOSES = ("example", "drawn")
HINT = "Your hidden layer grows with the data. In this lab it has 4 units, whatever the data are."


def layer_sizes(X, Y):
    return X.shape[0], X.shape[0], Y.shape[0]
