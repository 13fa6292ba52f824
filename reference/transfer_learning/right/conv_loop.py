"""One filter after the other."""

EXERCISE = "conv_parameters"


def conv_parameters(size, channels, filters):
    total = 0
    for _ in range(filters):
        total += size**2 * channels + 1
    return total
