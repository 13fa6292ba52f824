"""Returns the steps instead of the new parameters."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "These are the steps alone. What are they to be taken away from?"


def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: learning_rate * grads["d" + name] for name in ("W1", "b1", "W2", "b2")}
