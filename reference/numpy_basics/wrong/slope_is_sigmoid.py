"""Returns the sigmoid itself."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "This is the sigmoid, not its slope. The slope is small where the curve is flat, on both sides."


def sigmoid_derivative(x):
    return sigmoid(x)
