"""Fires below the threshold instead of above it."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "Every answer is the opposite of what was asked. On which side of theta should the neuron stay silent?"


def threshold_neuron(x, theta):
    if sum(x) >= theta:
        return 0
    return 1
