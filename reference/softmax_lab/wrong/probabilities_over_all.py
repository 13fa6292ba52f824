"""Divides by the sum over all rows."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn")
HINT = "Only all rows together sum to 1. Each example has probabilities of its own: what should each row be divided by?"

import numpy as np


def to_probabilities(logits):
    return np.exp(logits) / np.sum(np.exp(logits))
