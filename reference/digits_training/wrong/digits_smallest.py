"""Looks for the smallest output."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "These classes are the least likely ones. Which end of the row was asked?"

import numpy as np


def predict_digits(logits):
    return np.argmin(logits, axis=1)
