"""Makes a row of weights."""

EXERCISE = "initialize_with_zeros"
LOSES = ("weights",)
HINT = "Your w lies on its side. Which of the two numbers of the shape comes first?"

import numpy as np


def initialize_with_zeros(dim):
    return np.zeros((1, dim)), 0.0
