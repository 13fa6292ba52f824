"""Updates every layer once for each layer."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn")
HINT = "Every parameter moves L times in one step. Is there a loop inside your loop?"


def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for _ in range(L):
        for l in range(L):
            parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
            parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
    return parameters
