"""One bias for the whole layer."""

EXERCISE = "dense_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "You added a single bias for the whole layer."


def dense_parameters(inputs, units):
    """Weights and biases of a Dense layer: one weight for each pair of input and unit, one bias for each unit."""
    return inputs * units + 1
