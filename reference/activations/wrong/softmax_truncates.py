"""Fills an array of the type of z, which holds whole numbers only if z does."""

EXERCISE = "softmax"
LOSES = ("integers",)
HINT = "With whole numbers in z every probability became 0. What kind of numbers can the array you fill hold?"

import numpy as np


def softmax(z):
    a = np.zeros_like(z)
    total = np.sum(np.exp(z))
    for j in range(len(z)):
        a[j] = np.exp(z[j]) / total
    return a
