"""Subtracts two comparisons."""

EXERCISE = "l1_gradient"


def l1_gradient(W, strength):
    return strength * (1.0 * (W > 0) - 1.0 * (W < 0))
