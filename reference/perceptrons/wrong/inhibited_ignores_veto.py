"""Does not look at the inhibitory inputs."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "Your neuron fires although an inhibitory input is on. Where does your code look at `inhibitory`?"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    return 1 if np.sum(x) >= theta else 0
