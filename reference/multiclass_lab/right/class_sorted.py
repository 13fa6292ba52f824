"""By sorting."""

EXERCISE = "predict_class"

import numpy as np


def predict_class(logits):
    return np.argsort(logits, axis=1)[:, -1]
