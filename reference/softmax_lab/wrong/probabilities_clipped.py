"""Cuts the outputs off at 0 and 1."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn")
HINT = "Cutting off keeps the numbers between 0 and 1, but a row must also sum to 1. Which function does both?"

import numpy as np


def to_probabilities(logits):
    return np.clip(logits, 0, 1)
