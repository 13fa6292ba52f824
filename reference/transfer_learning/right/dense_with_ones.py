"""The bias counts as one more input that is always 1."""

EXERCISE = "dense_parameters"


def dense_parameters(inputs, units):
    return (inputs + 1) * units
