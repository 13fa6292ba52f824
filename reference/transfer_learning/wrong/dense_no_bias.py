"""The biases are forgotten."""

EXERCISE = "dense_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "These are the weights alone. What does every unit have besides them?"


def dense_parameters(inputs, units):
    """Weights and biases of a Dense layer: one weight for each pair of input and unit, one bias for each unit."""
    return inputs * units
