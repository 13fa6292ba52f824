"""Adds the weights with their signs."""

EXERCISE = "l1_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = (
    "Positive and negative weights cancel out in your sum, and it can be negative. What counts is the distance from 0."
)

import numpy as np


def l1_penalty(W, strength):
    return strength * np.sum(W)
