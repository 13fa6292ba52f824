"""Returns the first row only."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn", "largest")
HINT = "One row came back for several examples. What does [0] take away?"

import numpy as np


def to_probabilities(logits):
    powers = np.exp(logits)
    return (powers / powers.sum(axis=1, keepdims=True))[0]
