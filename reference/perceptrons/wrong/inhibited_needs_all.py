"""Is silenced only when all inhibitory inputs are on."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "One inhibitory input alone does not silence your neuron. How many vetoes does it take?"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if np.all(inhibitory == 1):
        return 0
    return 1 if np.sum(x) >= theta else 0
