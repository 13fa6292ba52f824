"""Changes the arrays themselves."""

EXERCISE = "update_parameters"


def update_parameters(parameters, grads, learning_rate):
    for name in parameters:
        parameters[name] -= grads["d" + name] * learning_rate
    return parameters
