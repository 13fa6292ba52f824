"""Forgets the 2."""

EXERCISE = "l2_gradient"
LOSES = ("example", "drawn")
HINT = "Your slope is half of what is asked. What becomes of the exponent in the derivative?"


def l2_gradient(W, strength):
    return strength * W
