"""Adds up each column by itself."""

EXERCISE = "l1_penalty"
LOSES = ("example", "drawn", "nothing")
HINT = "For a matrix you return one number for each column. All weights go into a single one."

import numpy as np


def l1_penalty(W, strength):
    return strength * sum(np.abs(W))
