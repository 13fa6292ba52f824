"""Does not update the last layer."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "The last layer stays as it was. Which numbers does your range give?"


def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters
