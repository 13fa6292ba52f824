"""Wants to be told the learning rate, and writes into the dictionary it was given."""

EXERCISE = "update_parameters"


def update_parameters(parameters, grads, learning_rate):
    for layer in ("1", "2"):
        for kind in ("W", "b"):
            parameters[kind + layer] = parameters[kind + layer] - learning_rate * grads["d" + kind + layer]
    return parameters
