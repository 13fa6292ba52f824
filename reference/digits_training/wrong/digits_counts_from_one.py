"""Counts the classes from 1."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "Every class is one too high. From which number are they counted?"

import numpy as np


def predict_digits(logits):
    return np.argmax(logits, axis=1) + 1
