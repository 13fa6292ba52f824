"""Returns z itself."""

EXERCISE = "linear_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "This is the line. How much does it rise when z grows by 1?"


def linear_derivative(z):
    return z
