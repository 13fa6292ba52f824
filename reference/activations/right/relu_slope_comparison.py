"""Returns the comparison itself."""

EXERCISE = "relu_derivative"


def relu_derivative(z):
    return z > 0
