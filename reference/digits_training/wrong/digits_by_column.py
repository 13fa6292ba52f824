"""Looks for the largest of each column."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "One answer came back for each class. Along which axis lie the outputs of one example?"

import numpy as np


def predict_digits(logits):
    return np.argmax(logits, axis=0)
