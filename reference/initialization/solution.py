"""The right answers to the initialization lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def initialize_zeros(n_in, n_out):
    """Weights (n_in, n_out) of zeros."""
    return np.zeros((n_in, n_out))


def distinct_neurons(W):
    """How many different columns W (n_in, n_out) has: neurons with the same weights count once."""
    return len({tuple(column) for column in W.T})


def xavier(n_in, n_out, seed):
    """Normal weights (n_in, n_out) of mean 0 and variance 1 / (n_in + n_out), the older of the two variants."""
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / (n_in + n_out)), (n_in, n_out))


def glorot_normal(n_in, n_out, seed):
    """Normal weights (n_in, n_out) of mean 0 and variance 2 / (n_in + n_out) (Glorot and Bengio, 2010)."""
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))


def glorot_uniform(n_in, n_out, seed):
    """Uniform weights (n_in, n_out) between -r and r, r^2 = 6 / (n_in + n_out) (Glorot and Bengio, 2010)."""
    r = np.sqrt(6 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(-r, r, (n_in, n_out))


def he_normal(n_in, n_out, seed):
    """Normal weights (n_in, n_out) of mean 0 and variance 2 / n_in (He, Zhang, Ren and Sun, 2015)."""
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / n_in), (n_in, n_out))
