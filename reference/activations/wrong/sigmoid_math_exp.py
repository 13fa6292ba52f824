"""Uses math.exp, which takes a single number only."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "If you use `math.exp`: it takes one number only. Which function takes e to the power of a whole array?"

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))
