"""Does not update the first layer."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "The first layer stays as it was. Does your loop begin with layer 1?"


def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
    return parameters
