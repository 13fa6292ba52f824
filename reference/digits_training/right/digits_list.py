"""In a list."""

EXERCISE = "predict_digits"

import numpy as np


def predict_digits(logits):
    return [int(np.argmax(row)) for row in logits]
