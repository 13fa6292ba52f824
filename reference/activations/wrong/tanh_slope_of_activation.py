"""Takes z for the activation."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "You squared z. The formula speaks of a, the tanh of z."


def tanh_derivative(z):
    return 1 - z**2
