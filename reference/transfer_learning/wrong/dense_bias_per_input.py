"""One bias for each input."""

EXERCISE = "dense_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "You added one bias for each input. It is the units that have one."


def dense_parameters(inputs, units):
    """Weights and biases of a Dense layer: one weight for each pair of input and unit, one bias for each unit."""
    return inputs * units + inputs
