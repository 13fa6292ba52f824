"""Leaves the biases as they are."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "The weights are right; the biases stay where they were. They are learned too."


def update_parameters(parameters, grads, learning_rate=1.2):
    return {
        "W1": parameters["W1"] - learning_rate * grads["dW1"],
        "b1": parameters["b1"],
        "W2": parameters["W2"] - learning_rate * grads["dW2"],
        "b2": parameters["b2"],
    }
