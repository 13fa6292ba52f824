"""Counts the inputs in a loop."""

EXERCISE = "threshold_neuron"


def threshold_neuron(x, theta):
    total = 0
    for x_i in x:
        total += x_i
    if total >= theta:
        y = 1
    else:
        y = 0
    return y
