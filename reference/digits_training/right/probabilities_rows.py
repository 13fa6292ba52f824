"""Row by row."""

EXERCISE = "to_probabilities"

import numpy as np


def to_probabilities(logits):
    return np.array([np.exp(row) / np.exp(row).sum() for row in logits])
