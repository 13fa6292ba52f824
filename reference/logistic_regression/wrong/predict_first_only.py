"""Returns inside the loop."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half", "single")
HINT = "Only the first example gets a prediction. Does your return stand inside the loop?"

import numpy as np


def predict(w, b, X):
    Y_prediction = np.zeros((1, X.shape[1]))
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
        return Y_prediction
