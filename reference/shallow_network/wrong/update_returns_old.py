"""Computes new parameters and returns the old ones."""

EXERCISE = "update_parameters"
LOSES = ("example", "drawn", "rate")
HINT = "You return the parameters as they came in. The new ones are computed, and then?"


def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return parameters
