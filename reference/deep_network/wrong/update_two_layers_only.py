"""Counts on exactly two layers."""

EXERCISE = "update_parameters"
LOSES = ("drawn",)
HINT = "Your function knows two layers. How can it find out how many there are?"


def update_parameters(parameters, grads, learning_rate):
    return {
        "W1": parameters["W1"] - learning_rate * grads["dW1"],
        "b1": parameters["b1"] - learning_rate * grads["db1"],
        "W2": parameters["W2"] - learning_rate * grads["dW2"],
        "b2": parameters["b2"] - learning_rate * grads["db2"],
    }
