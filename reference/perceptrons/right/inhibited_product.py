"""Multiplies the decision by zero when there is a veto."""

EXERCISE = "inhibited_neuron"


def inhibited_neuron(x, inhibitory, theta):
    return int(x.sum() >= theta) * (1 - inhibitory.max())
