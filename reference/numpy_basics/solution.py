"""The right answers to the NumPy lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def sigmoid(x):
    """1 / (1 + e^-x), the logistic function, entry by entry of x (a number, or an array of any shape)."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    """s (1 - s) with s = sigmoid(x), the slope of the logistic function, entry by entry of x (any shape)."""
    s = sigmoid(x)
    return s * (1 - s)


def image2vector(image):
    """The pixels of an image (length, height, depth) as one column (length * height * depth, 1), in reading order."""
    return image.reshape(-1, 1)


def normalize_rows(x):
    """Each row of x (n, m) divided by its Euclidean norm."""
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def softmax(x):
    """Probabilities (n, m) of the scores x (n, m): in each row, e^x_ij over the sum of all e^x_ik."""
    powers = np.exp(x)
    return powers / np.sum(powers, axis=1, keepdims=True)


def L1(yhat, y):
    """The sum over all i of |y_i - yhat_i|; both are vectors (m,)."""
    return np.sum(np.abs(y - yhat))


def L2(yhat, y):
    """The sum over all i of (y_i - yhat_i)^2; both are vectors (m,)."""
    return np.sum(np.square(y - yhat))


def linear_scores(w, X, b):
    """z = w^T X + b, a row (1, m) of scores, for weights w (n, 1), examples X (n, m) and a bias b."""
    return np.dot(w.T, X) + b
