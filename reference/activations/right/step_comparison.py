"""Returns the comparison itself."""

EXERCISE = "step"


def step(z):
    return z >= 0
