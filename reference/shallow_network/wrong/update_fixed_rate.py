"""Writes the learning rate into the code."""

EXERCISE = "update_parameters"
LOSES = ("rate",)
HINT = "With the rate 1.2 you are right, with any other not. Where in your code does learning_rate have a say?"


def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: parameters[name] - 1.2 * grads["d" + name] for name in ("W1", "b1", "W2", "b2")}
