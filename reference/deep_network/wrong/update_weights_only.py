"""Does not update the biases."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "Your biases never change. They have gradients too."


def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
    return parameters
