"""Takes a hundredth of a standard normal."""

EXERCISE = "xavier"
LOSES = ("variance",)
HINT = "Your weights are equally small in every layer. Here the size of the layer decides how small."

import numpy as np


def xavier(n_in, n_out, seed):
    rng = np.random.default_rng(seed)
    return 0.01 * rng.standard_normal((n_in, n_out))
