"""Takes z for the activation."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "You multiplied z by 1 - z. The formula speaks of a, the sigmoid of z."


def sigmoid_derivative(z):
    return z * (1 - z)
