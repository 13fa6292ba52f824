"""Fills the weights with ones."""

EXERCISE = "initialize_with_zeros"
LOSES = ("weights",)
HINT = "The shape of w is right, but it is full of ones. Which function makes zeros?"

import numpy as np


def initialize_with_zeros(dim):
    return np.ones((dim, 1)), 0.0
