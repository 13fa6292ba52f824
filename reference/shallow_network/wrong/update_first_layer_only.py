"""Forgets the second layer."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "The first layer is right; the second stays where it was."


def update_parameters(parameters, grads, learning_rate=1.2):
    return {
        "W1": parameters["W1"] - learning_rate * grads["dW1"],
        "b1": parameters["b1"] - learning_rate * grads["db1"],
        "W2": parameters["W2"],
        "b2": parameters["b2"],
    }
