"""Looks for the first output above 1."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "Only the first output above some limit counts in your answer. Is a limit needed to find the largest of a row?"

import numpy as np


def predict_digits(logits):
    return np.argmax(logits > 1, axis=1)
