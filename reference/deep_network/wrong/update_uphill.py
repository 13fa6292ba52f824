"""Adds the gradient."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "Your parameters go up the slope: the cost would grow. Which way is downhill?"


def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] + learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] + learning_rate * grads["db" + str(l)]
    return parameters
