"""Makes its own zeros, and names every argument."""

EXERCISE = "model"

import numpy as np


def model(X_train, Y_train, X_test, Y_test, num_iterations, learning_rate):
    w = np.zeros((X_train.shape[0], 1))
    learned, _, costs = optimize(
        w=w, b=0, X=X_train, Y=Y_train, num_iterations=num_iterations, learning_rate=learning_rate
    )
    return {
        **learned,
        "Y_prediction_train": predict(X=X_train, **learned),
        "Y_prediction_test": predict(X=X_test, **learned),
        "costs": costs,
    }
