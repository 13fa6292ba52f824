"""Adds the gradients."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "Your parameters climb: the gradients are added. Which way does the cost fall?"


def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: parameters[name] + learning_rate * grads["d" + name] for name in ("W1", "b1", "W2", "b2")}
