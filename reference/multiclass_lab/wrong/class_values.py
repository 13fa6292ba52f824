"""Returns the largest output instead of its place."""

EXERCISE = "predict_class"
LOSES = ("example", "drawn")
HINT = "These are the largest outputs. Where in their rows do they stand?"

import numpy as np


def predict_class(logits):
    return np.max(logits, axis=1)
