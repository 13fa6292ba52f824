"""Inputs and units are added."""

EXERCISE = "dense_parameters"
LOSES = (
    "example",
    "drawn",
)
HINT = "Your count grows like a sum. Every unit is joined to every input."


def dense_parameters(inputs, units):
    """Weights and biases of a Dense layer: one weight for each pair of input and unit, one bias for each unit."""
    return inputs + units + units
