"""Computes new values and does not keep them."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "The parameters you return are those that came in. Where do the new values go?"


def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        for name in ("W" + str(l), "b" + str(l)):
            value = parameters[name]
            value = value - learning_rate * grads["d" + name]
    return parameters
