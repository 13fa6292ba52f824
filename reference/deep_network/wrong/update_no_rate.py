"""Leaves out the learning rate."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "Your step is as long as the gradient, whatever learning_rate is. Where does the rate come in?"


def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - grads["db" + str(l)]
    return parameters
