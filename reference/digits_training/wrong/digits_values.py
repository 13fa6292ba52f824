"""Returns the largest output instead of its place."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "These are the largest outputs. Where in their rows do they stand?"

import numpy as np


def predict_digits(logits):
    return np.max(logits, axis=1)
