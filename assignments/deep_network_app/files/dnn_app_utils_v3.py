"""What the application lab builds on: the functions of the step-by-step lab, pictures to learn from, and a prediction.

Examples stand in columns. Hidden layers use ReLU, the output layer a sigmoid.
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


def predict(X, y, parameters):
    """The predicted labels (1, m) for X; prints how many of them are those of y."""
    AL, _ = L_model_forward(X, parameters)
    p = (AL > 0.5).astype(int)
    print(f"Accuracy: {np.mean(p == y):.2f}")
    return p


def load_data():
    """Pictures (number, 64, 64, 3) of a disc or of a square on a noisy ground, 209 to train and 50 to test, with their
    labels (1, number): 1 is a disc. And the names of the two classes. All are drawn here, the same ones every time."""
    rng = np.random.default_rng(64)
    train, test = _pictures(rng, 209), _pictures(rng, 50)
    return *train, *test, np.array([b"square", b"disc"])


def _pictures(rng, number):
    labels = rng.integers(0, 2, size=number)
    y, x = np.mgrid[:64, :64]
    pictures = rng.integers(0, 90, size=(number, 64, 64, 3))
    for picture, label in zip(pictures, labels, strict=True):
        down, across = np.abs(y - rng.integers(28, 37)), np.abs(x - rng.integers(28, 37))
        size = rng.integers(14, 22)
        shape = down**2 + across**2 < size**2 if label else np.maximum(down, across) < size
        picture[shape] += rng.integers(60, 160, size=3)
    return pictures.astype(np.uint8), labels.reshape(1, -1)


def print_mislabeled_images(classes, X, y, p):
    """Names those of the pictures in the columns of X whose prediction is not their label."""
    missed = np.flatnonzero(p[0] != y[0])
    print(f"{missed.size} of {X.shape[1]} pictures are taken for something else.")
    for index in missed:
        print(f"picture {index}: a {classes[y[0, index]].decode()}, taken for a {classes[p[0, index]].decode()}")
