"""Fills an array made like the scores, which may hold whole numbers only."""

EXERCISE = "softmax"
LOSES = ("integers",)
HINT = "With whole numbers in x every probability became 0 or 1. What kind of numbers can the array you fill hold?"

import numpy as np


def softmax(x):
    s = np.zeros_like(x)
    for i in range(len(x)):
        powers = np.exp(x[i])
        s[i] = powers / np.sum(powers)
    return s
