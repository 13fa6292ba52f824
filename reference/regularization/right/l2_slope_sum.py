"""Adds the slope of each factor."""

EXERCISE = "l2_gradient"


def l2_gradient(W, strength):
    return strength * W + strength * W
