"""The right answers to the lab on one hidden layer. Graded like a submission; never enters a room with student code.

Examples are columns: X is (n_x, m), Y is (1, m) of zeros and ones. Formulas: back-propagation through a tanh layer and
a sigmoid output under the cross-entropy cost, as in any textbook on neural networks.
"""

import numpy as np

LEARNING_RATE = 1.2


def sigmoid(z):
    """1 / (1 + e^-z), entry by entry. Notebooks have it from planar_utils."""
    return 1 / (1 + np.exp(-z))


def layer_sizes(X, Y):
    """The sizes of the three layers: features n_x, hidden units n_h = 4, outputs n_y."""
    return X.shape[0], 4, Y.shape[0]


def initialize_parameters(n_x, n_h, n_y):
    """Small random weights W1 (n_h, n_x), W2 (n_y, n_h) of standard deviation 0.01; biases b1 (n_h, 1), b2 (n_y, 1)
    of zeros. The same ones at every call, so that a training can be repeated."""
    rng = np.random.default_rng(2)
    return {
        "W1": 0.01 * rng.standard_normal((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": 0.01 * rng.standard_normal((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters):
    """A2 (1, m), and Z1, A1 (n_h, m), Z2, A2 (1, m) by name: Z = W A + b, tanh after the first, sigmoid after the
    second."""
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    """The mean over the examples of -(Y log A2 + (1 - Y) log(1 - A2)), a number."""
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


def backward_propagation(parameters, cache, X, Y):
    """The gradients of the cost: dW1 (n_h, n_x), db1 (n_h, 1), dW2 (1, n_h), db2 (1, 1), each by its name."""
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.square(A1))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, A1.T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


def update_parameters(parameters, grads, learning_rate=LEARNING_RATE):
    """New parameters, each a step of learning_rate against its gradient away."""
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in ("W1", "b1", "W2", "b2")}


def nn_model(X, Y, n_h, num_iterations):
    """The parameters of a network of n_h hidden units after num_iterations steps of gradient descent."""
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for _ in range(num_iterations):
        _, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


def predict(parameters, X):
    """1.0 where the network's output for an example is above 0.5, else 0.0: a row (1, m)."""
    A2, _ = forward_propagation(X, parameters)
    return (A2 > 0.5).astype(float)
