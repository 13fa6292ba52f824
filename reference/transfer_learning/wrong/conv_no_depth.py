"""The depth of the input is forgotten."""

EXERCISE = "conv_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "Your filters are flat. A filter reaches through all channels of its input."


def conv_parameters(size, channels, filters):
    """Weights and biases of a convolution with `filters` filters of size x size x channels, one bias each."""
    return size * size * filters + filters
