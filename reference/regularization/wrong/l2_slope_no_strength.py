"""Leaves the strength out."""

EXERCISE = "l2_gradient"
LOSES = ("example", "drawn")
HINT = "Your slope is the same for every strength. It should grow with it."


def l2_gradient(W, strength):
    return 2 * W
