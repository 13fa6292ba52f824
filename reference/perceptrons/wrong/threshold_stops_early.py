"""The return stands inside the loop, so that only the first input is counted."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "Only the first input decides. When does your loop return: after one input, or after all of them?"


def threshold_neuron(x, theta):
    total = 0
    for x_i in x:
        total += x_i
        if total >= theta:
            return 1
        return 0
