"""The right answers to the application lab. Graded like a submission; never enters a room that runs student code.

The helpers are those of the lab's own module, written here once more: answers are executed without its files.
"""

import numpy as np


def sigmoid(Z):
    """The sigmoid of Z, and Z itself."""
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    """The positive part of Z, and Z itself."""
    return np.maximum(0, Z), Z


def sigmoid_backward(dA, cache):
    """dZ of a sigmoid; `cache` is Z."""
    s, _ = sigmoid(cache)
    return dA * s * (1 - s)


def relu_backward(dA, cache):
    """dZ of ReLU; `cache` is Z."""
    return np.where(cache > 0, dA, 0.0)


def initialize_parameters(n_x, n_h, n_y):
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1), the same ones every time."""
    np.random.seed(1)
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def initialize_parameters_deep(layer_dims):
    """Wl (n_l, n_(l-1)), scaled by one over the square root of n_(l-1), and bl (n_l, 1), the same ones every time."""
    np.random.seed(1)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        before = layer_dims[layer - 1]
        parameters[f"W{layer}"] = np.random.randn(layer_dims[layer], before) / np.sqrt(before)
        parameters[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return parameters


def linear_forward(A, W, b):
    """Z (n, m), and the cache (A, W, b)."""
    return W @ A + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    """A (n, m) after "relu" or "sigmoid", and the cache ((A_prev, W, b), Z)."""
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = {"relu": relu, "sigmoid": sigmoid}[activation](Z)
    return A, (linear_cache, activation_cache)


def L_model_forward(X, parameters):
    """AL (n_y, m), and the list of all caches."""
    last = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, last + 1):
        activation = "sigmoid" if layer == last else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation)
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    """The mean cross-entropy of probabilities AL (1, m) and labels Y (1, m), one number."""
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def linear_backward(dZ, cache):
    """dA_prev, dW and db of the linear part of a layer."""
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    """dA_prev, dW and db of a layer with "relu" or "sigmoid"."""
    linear_cache, Z = cache
    dZ = {"relu": relu_backward, "sigmoid": sigmoid_backward}[activation](dA, Z)
    return linear_backward(dZ, linear_cache)


def L_model_backward(AL, Y, caches):
    """dWl, dbl and dA(l-1) of every layer l."""
    grads = {}
    dA = (1 - Y) / (1 - AL) - Y / AL
    for layer in range(len(caches), 0, -1):
        activation = "sigmoid" if layer == len(caches) else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], activation)
        grads |= {f"dA{layer - 1}": dA, f"dW{layer}": dW, f"db{layer}": db}
    return grads


def update_parameters(parameters, grads, learning_rate):
    """New parameters, one step downhill. Those that come in stay as they are."""
    return {name: part - learning_rate * grads[f"d{name}"] for name, part in parameters.items()}


def two_layer_model(X, Y, layers_dims, learning_rate, num_iterations, print_cost):
    """Gradient descent for a ReLU layer and a sigmoid unit: parameters, and the cost of every 100th iteration.

    X (n_x, m), Y (1, m), layers_dims (n_x, n_h, n_y). Costs are those before the step of their iteration.
    """
    costs = []
    parameters = initialize_parameters(*layers_dims)
    for i in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        if i % 100 == 0:
            costs.append(compute_cost(A2, Y))
        dA2 = (1 - Y) / (1 - A2) - Y / A2
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def L_layer_model(X, Y, layers_dims, learning_rate, num_iterations, print_cost):
    """The same for any number of layers, ReLU in all but the last: parameters and costs."""
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 100 == 0:
            costs.append(compute_cost(AL, Y))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs
