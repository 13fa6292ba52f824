"""Applies softmax along the columns."""

EXERCISE = "to_probabilities"
LOSES = ("example", "drawn")
HINT = "Your columns sum to 1, not your rows. Along which axis lie the classes of one example?"

import numpy as np


def to_probabilities(logits):
    return np.exp(logits) / np.sum(np.exp(logits), axis=0)
