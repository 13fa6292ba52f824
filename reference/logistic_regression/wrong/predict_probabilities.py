"""Returns the probabilities."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half", "single")
HINT = "These are the probabilities themselves. The last step is missing: above one half, or not?"

import numpy as np


def predict(w, b, X):
    return sigmoid(np.dot(w.T, X) + b)
