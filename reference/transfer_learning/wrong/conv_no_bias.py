"""The biases are forgotten."""

EXERCISE = "conv_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "These are the weights alone. What does every filter have besides them?"


def conv_parameters(size, channels, filters):
    """Weights and biases of a convolution with `filters` filters of size x size x channels, one bias each."""
    return size * size * channels * filters
