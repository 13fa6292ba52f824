"""Multiplies by the weights."""

EXERCISE = "l1_gradient"
LOSES = ("example", "drawn", "at_zero")
HINT = "Your slope grows with the weight. That of a straight line is the same everywhere."


def l1_gradient(W, strength):
    return strength * W
