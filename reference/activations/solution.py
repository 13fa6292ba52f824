"""The right answers to the activations lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def step(z):
    """1 where z (any shape) is 0 or more, else 0: the threshold neuron's activation."""
    return np.heaviside(z, 1)


def sigmoid(z):
    """1 / (1 + e^-z), the logistic function, entry by entry of z (any shape)."""
    return 1 / (1 + np.exp(-z))


def tanh(z):
    """2 sigmoid(2z) - 1, the hyperbolic tangent, entry by entry of z (any shape)."""
    return np.tanh(z)


def relu(z):
    """max(0, z), entry by entry of z (any shape)."""
    return np.maximum(0, z)


def leaky_relu(z):
    """max(0.01 z, z), entry by entry of z (any shape)."""
    return np.maximum(0.01 * z, z)


def linear(z):
    """z (any shape) as it is."""
    return z


def softmax(z):
    """Probabilities (n,) of the scores z (n,): e^z_j over the sum of all e^z_k."""
    powers = np.exp(z)
    return powers / np.sum(powers)


def step_derivative(z):
    """0 everywhere but at the jump, which is not asked; shape of z."""
    return np.zeros(z.shape)


def sigmoid_derivative(z):
    """a (1 - a) with a = sigmoid(z), entry by entry of z (any shape)."""
    a = sigmoid(z)
    return a * (1 - a)


def tanh_derivative(z):
    """1 - a^2 with a = tanh(z), entry by entry of z (any shape)."""
    return 1 - tanh(z) ** 2


def relu_derivative(z):
    """1 where z (any shape) is above 0, else 0; the slope at 0 is a convention."""
    return np.heaviside(z, 0)


def leaky_relu_derivative(z):
    """1 where z (any shape) is above 0, else 0.01; the slope at 0 is a convention."""
    return np.where(z > 0, 1.0, 0.01)


def linear_derivative(z):
    """1 everywhere; shape of z."""
    return np.ones(z.shape)


def softmax_jacobian(z):
    """da_i/dz_j (n, n) with a = softmax(z): a_i (1 - a_i) on the diagonal, -a_i a_j beside it."""
    a = softmax(z)
    return np.diag(a) - np.outer(a, a)


def collapse(W1, b1, W2, b2):
    """W (n2, n0) and b (n2, 1) of the one layer that does what two do: W2 (W1 x + b1) + b2 = W2 W1 x + (W2 b1 + b2).

    W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1).
    """
    return W2 @ W1, W2 @ b1 + b2
