"""Looks for the largest of each column."""

EXERCISE = "predict_class"
LOSES = ("example", "drawn")
HINT = "One answer came back for each class. Along which axis lie the outputs of one point?"

import numpy as np


def predict_class(logits):
    return np.argmax(logits, axis=0)
