"""The right answers to the losses lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def mse(y, yhat):
    """Mean squared error of predictions yhat (n,) for y (n,): 1/n times the sum of (y - yhat)^2."""
    return np.mean((y - yhat) ** 2)


def linear_cost(x, y, w, b):
    """Cost of the line w x + b on x, y (m,), from linear regression: 1/(2m) times the sum of squared errors."""
    return np.mean((w * x + b - y) ** 2) / 2


def binary_cross_entropy(y, yhat):
    """Mean of -log yhat where y is 1 and -log(1 - yhat) where it is 0; y, yhat (n,)."""
    return -np.mean(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))


def categorical_cross_entropy(Y, P):
    """Mean over examples of -log of the target's probability; Y one-hot, P probabilities, both (n, k)."""
    return -np.mean(np.sum(Y * np.log(P), axis=1))


def sparse_categorical_cross_entropy(y, P):
    """Mean over examples of -log P[i, y[i]]; y class numbers (n,), P probabilities (n, k)."""
    return -np.mean(np.log(P[np.arange(len(y)), y]))


def hinge(y, scores):
    """Mean of max(0, 1 - y s) over labels y (n,) of -1 and 1 and scores s (n,)."""
    return np.mean(np.maximum(0, 1 - y * scores))


def kl_divergence(p, q):
    """Sum of p log(p / q) over the classes where p is above 0; p, q (k,) (Kullback and Leibler, 1951)."""
    seen = p > 0
    return np.sum(p[seen] * np.log(p[seen] / q[seen]))


def mse_gradient(x, y, w, b):
    """Derivatives dw, db of the mean squared error of the line w x + b on x, y (n,).

    dw = -2/n times the sum of x (y - (w x + b)); db is the same without x.
    """
    errors = y - (w * x + b)
    return -2 * np.mean(x * errors), -2 * np.mean(errors)


def logistic_gradient(X, y, w, b):
    """Derivatives dw (d,), db of the binary cross-entropy of yhat = sigmoid(X w + b) on X (n, d), y (n,).

    dw = 1/n times the sum of (yhat - y) x over the examples; db is the same without x.
    """
    errors = 1 / (1 + np.exp(-(X @ w + b))) - y
    return X.T @ errors / len(errors), np.mean(errors)
