"""Writes the gradients out, and keeps no last cost."""

EXERCISE = "two_layer_model"

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1, W2 = np.random.randn(n_h, n_x) * 0.01, np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)
    return A, ((A_prev, W, b), Z)


def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s) if activation == "sigmoid" else dA * (Z > 0)
    m = dA.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


def update_parameters(parameters, grads, learning_rate):
    return {name: part - learning_rate * grads["d" + name] for name, part in parameters.items()}


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    p, costs, m = initialize_parameters(*layers_dims), [], X.shape[1]
    for i in range(num_iterations):
        A1 = np.maximum(p["W1"] @ X + p["b1"], 0)
        A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
        if i % 100 == 0:
            costs.append(compute_cost(A2, Y))
        dZ2 = A2 - Y
        dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
        p["W2"] = p["W2"] - learning_rate * dZ2 @ A1.T / m
        p["b2"] = p["b2"] - learning_rate * dZ2.mean(axis=1, keepdims=True)
        p["W1"] = p["W1"] - learning_rate * dZ1 @ X.T / m
        p["b1"] = p["b1"] - learning_rate * dZ1.mean(axis=1, keepdims=True)
    return p, costs
