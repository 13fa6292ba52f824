"""Returns the steps in place of the new values."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "You return how far each parameter moves. From where does it move?"


def update_parameters(parameters, grads, learning_rate):
    return {name: -learning_rate * grads["d" + name] for name in parameters}
