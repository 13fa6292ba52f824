"""The right answers to the perceptrons lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def threshold_neuron(x, theta):
    """1 if the inputs x (n,) of zeros and ones add up to theta or more, else 0 (McCulloch and Pitts, 1943)."""
    return 1 if np.sum(x) >= theta else 0


def or_gate(x):
    """1 if any of the inputs x (n,) is 1, else 0."""
    return threshold_neuron(x, 1)


def and_gate(x):
    """1 if all three inputs x (3,) are 1, else 0."""
    return threshold_neuron(x, 3)


def inhibited_neuron(x, inhibitory, theta):
    """0 if any of inhibitory (k,) is 1; else the threshold neuron of x (n,) (McCulloch and Pitts, 1943)."""
    return 0 if np.any(inhibitory) else threshold_neuron(x, theta)


def perceptron(x, w, b):
    """1 if w (n,) times x (n,) plus b is above 0, else 0 (Rosenblatt, 1958)."""
    return 1 if w @ x + b > 0 else 0


def fold_threshold(n, theta):
    """Weights (n + 1,), the bias first, of a perceptron that fires when n zeros and ones add up to theta or more.

    A sum of exactly theta must fire, and a perceptron fires only above 0: so the bias is 1 - theta, not -theta.
    """
    return np.append(1 - theta, np.ones(n))
