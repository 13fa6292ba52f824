"""The right answers to the regularization lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def l1_penalty(W, strength):
    """Lasso: strength times the sum of the absolute weights; W of any shape."""
    return strength * np.sum(np.abs(W))


def l1_gradient(W, strength):
    """Derivative of the L1 penalty by each weight: strength times its sign, 0 at 0."""
    return strength * np.sign(W)


def l2_penalty(W, strength):
    """Ridge: strength times the sum of the squared weights; W of any shape."""
    return strength * np.sum(W**2)


def l2_gradient(W, strength):
    """Derivative of the L2 penalty by each weight: 2 strength w."""
    return 2 * strength * W


def dropout_mask(rows, columns, p, seed):
    """A matrix (rows, columns) with 0 with probability p and 1 otherwise, each entry by itself."""
    return (np.random.default_rng(seed).random((rows, columns)) >= p).astype(float)


def dropout(A, mask, p):
    """Inverted dropout (Srivastava et al., 2014): A where mask is 1, scaled by 1 / (1 - p); 0 elsewhere."""
    return A * mask / (1 - p)


def batch_norm(X, gamma, beta, epsilon):
    """Batch normalisation in training (Ioffe and Szegedy, 2015), per column of X (m, n); gamma, beta (n,).

    gamma (x - mean) / sqrt(variance + epsilon) + beta, the variance with 1/m.
    """
    return gamma * (X - np.mean(X, axis=0)) / np.sqrt(np.var(X, axis=0) + epsilon) + beta
