"""Uses sigmoid on each output."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn")
HINT = "Each output was treated alone, so a row does not sum to 1. Which function makes them compete?"

import numpy as np


def to_probabilities(logits):
    return 1 / (1 + np.exp(-logits))
