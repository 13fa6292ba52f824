"""Returns whole numbers."""

EXERCISE = "step"


def step(z):
    return (z >= 0).astype(int)
