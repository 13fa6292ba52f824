"""Calls none of the earlier functions, and draws its own parameters."""

EXERCISE = "nn_model"

import numpy as np


def nn_model(X, Y, n_h, num_iterations, learning_rate):
    m = X.shape[1]
    W1, b1 = np.random.randn(n_h, X.shape[0]) * 0.01, np.zeros((n_h, 1))
    W2, b2 = np.random.randn(1, n_h) * 0.01, np.zeros((1, 1))
    for _ in range(num_iterations):
        A1 = np.tanh(W1 @ X + b1)
        dZ2 = 1 / (1 + np.exp(-(W2 @ A1 + b2))) - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T / m, b1 - learning_rate * dZ1.mean(axis=1, keepdims=True)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T / m, b2 - learning_rate * dZ2.mean(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
