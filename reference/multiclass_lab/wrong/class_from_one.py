"""Counts the classes from 1."""

EXERCISE = "predict_class"
LOSES = ("example", "drawn")
HINT = "Every class is one too high. From which number are they counted?"

import numpy as np


def predict_class(logits):
    return np.argmax(logits, axis=1) + 1
