"""Returns one 1 for the whole array."""

EXERCISE = "linear_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "One is right, but an entry of the answer is asked for each entry of z."


def linear_derivative(z):
    return 1.0
