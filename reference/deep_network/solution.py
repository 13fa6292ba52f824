"""The right answers to the deep network lab. Graded like a submission; never enters a room that runs student code.

n_l is the number of units of layer l, n_0 that of the input, m the number of examples. Back-propagation as in
Rumelhart, Hinton and Williams, 1986, written for matrices with an example in each column.
"""

import numpy as np


def sigmoid(Z):
    """The sigmoid of Z, and Z itself, as the lab's helper returns them."""
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    """The positive part of Z, and Z itself, as the lab's helper returns them."""
    return np.maximum(0, Z), Z


def sigmoid_backward(dA, Z):
    """dZ from dA for a sigmoid: times s (1 - s)."""
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


def relu_backward(dA, Z):
    """dZ from dA for ReLU: passed on where Z is positive."""
    return np.where(Z > 0, dA, 0)


def initialize_parameters(n_x, n_h, n_y):
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1): normal weights times 0.01, biases zero."""
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def initialize_parameters_deep(layer_dims):
    """Wl (n_l, n_(l-1)) and bl (n_l, 1) for l = 1 to L: normal weights times 0.01, biases zero."""
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


def linear_forward(A, W, b):
    """Z = W A + b (n_l, m), and the cache (A, W, b)."""
    return W @ A + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    """A = g(W A_prev + b) (n_l, m), and the cache ((A_prev, W, b), Z)."""
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)


def L_model_forward(X, parameters):
    """AL (n_L, m) of a network with ReLU in all layers but the last, a sigmoid there; and the caches of all layers."""
    L = len(parameters) // 2
    A, caches = X, []
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], activation)
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    """The mean binary cross-entropy of probabilities AL (1, m) and labels Y (1, m)."""
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def linear_backward(dZ, cache):
    """dA_prev = W^T dZ, dW = dZ A_prev^T / m, and db, the mean of dZ over its m columns."""
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    """dA_prev, dW and db of a whole layer: dZ = dA times the slope of the activation at Z, then the linear part."""
    linear_cache, Z = cache
    dZ = sigmoid_backward(dA, Z) if activation == "sigmoid" else relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


def L_model_backward(AL, Y, caches):
    """dWl, dbl and dA(l-1) for l = L to 1, beginning with the derivative of the cross-entropy with respect to AL."""
    L = len(caches)
    grads = {}
    dA = (1 - Y) / (1 - AL) - Y / AL
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


def update_parameters(parameters, grads, learning_rate):
    """Gradient descent: each parameter minus learning_rate times its gradient."""
    return {name: part - learning_rate * grads[f"d{name}"] for name, part in parameters.items()}
