"""Returns one zero for the whole array."""

EXERCISE = "step_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Zero is right, but an entry of the answer is asked for each entry of z."


def step_derivative(z):
    return 0.0
