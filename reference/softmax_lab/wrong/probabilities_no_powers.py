"""Divides the outputs themselves by their sum."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn")
HINT = "Some of these are below 0, and probabilities cannot be. What is done to each output before the division?"

import numpy as np


def to_probabilities(logits):
    with np.errstate(all="ignore"):
        return logits / np.sum(logits, axis=1, keepdims=True)
