"""Keeps no cost."""

EXERCISE = "l_layer_model"
LOSES = ("costs",)
HINT = "Nothing is in your list of costs. When is one put in?"

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1, W2 = np.random.randn(n_h, n_x) * 0.01, np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def initialize_parameters_deep(dims):
    np.random.seed(1)
    parameters = {}
    for l in range(1, len(dims)):
        parameters[f"W{l}"] = np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
        parameters[f"b{l}"] = np.zeros((dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = 1 / (1 + np.exp(-Z)) if l == L else np.maximum(0, Z)
    return A, caches


def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def L_model_backward(AL, Y, caches):
    grads, dZ, m = {}, AL - Y, AL.shape[1]
    for l in range(len(caches), 0, -1):
        (A_prev, W, b), Z = caches[l - 1]
        grads |= {f"dW{l}": dZ @ A_prev.T / m, f"db{l}": np.sum(dZ, axis=1, keepdims=True) / m}
        dZ = (W.T @ dZ) * (A_prev > 0)
    return grads


def update_parameters(parameters, grads, learning_rate):
    return {name: part - learning_rate * grads["d" + name] for name, part in parameters.items()}


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 99:
            costs.append(cost)
    return parameters, costs
