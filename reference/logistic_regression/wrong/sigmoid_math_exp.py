"""Uses math.exp, which takes one number at a time."""

EXERCISE = "sigmoid"
LOSES = ("example", "rows")
HINT = "A single number works, an array does not. Which exp takes a whole array?"

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))
