"""Makes one zero for each input."""

EXERCISE = "initialize_zeros"
LOSES = ("example", "drawn")
HINT = "You made a weight for each input. Each of the neurons needs as many."

import numpy as np


def initialize_zeros(n_in, n_out):
    return np.zeros(n_in)
