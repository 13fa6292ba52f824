"""The size counts once."""

EXERCISE = "conv_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "A filter of size 3 has three rows of three, and you counted one of them."


def conv_parameters(size, channels, filters):
    """Weights and biases of a convolution with `filters` filters of size x size x channels, one bias each."""
    return size * channels * filters + filters
