"""Fills an array of the type of z, which cuts fractions off for whole numbers."""

EXERCISE = "leaky_relu"
LOSES = ("integers",)
HINT = "For whole numbers in z the leak vanished. What kind of numbers can the array you fill hold?"

import numpy as np


def leaky_relu(z):
    a = np.zeros_like(z)
    a[z > 0] = z[z > 0]
    a[z <= 0] = 0.01 * z[z <= 0]
    return a
