"""One bias for each channel."""

EXERCISE = "conv_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "You added one bias for each channel of the input. It is the filters that have one."


def conv_parameters(size, channels, filters):
    """Weights and biases of a convolution with `filters` filters of size x size x channels, one bias each."""
    return size * size * channels * filters + channels
