"""Gives the bias an entry for each feature."""

EXERCISE = "initialize_with_zeros"
LOSES = ("bias",)
HINT = "Your bias has an entry for each feature. One neuron adds one number."

import numpy as np


def initialize_with_zeros(dim):
    return np.zeros((dim, 1)), np.zeros((dim, 1))
