"""Counts all columns."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "You counted all neurons. Those with the same weights count once."


def distinct_neurons(W):
    return W.shape[1]
