"""Multiplies the weights by themselves as a vector."""

EXERCISE = "l2_penalty"


def l2_penalty(W, strength):
    w = W.ravel()
    return strength * (w @ w)
