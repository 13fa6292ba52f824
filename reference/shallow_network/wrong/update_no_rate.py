"""Takes the whole gradient."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "Your step is as long as the gradient itself. Which argument says how much of it to take?"


def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: parameters[name] - grads["d" + name] for name in ("W1", "b1", "W2", "b2")}
