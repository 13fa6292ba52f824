"""Small inputs for trying the functions of this lab, under the names that notebooks of the first template call."""

import numpy as np

__all__ = [
    "backward_propagation_test_case",
    "compute_cost_test_case",
    "forward_propagation_test_case",
    "initialize_parameters_test_case",
    "layer_sizes_test_case",
    "nn_model_test_case",
    "predict_test_case",
    "update_parameters_test_case",
]

X = np.array([[1.0, -1.0, 0.5], [0.5, 0.0, -2.0]])
Y = np.array([[1, 0, 1]])


def _parameters():
    return {
        "W1": np.array([[0.5, -0.25], [1.0, 0.5], [-0.5, 0.25], [0.25, -1.0]]),
        "b1": np.zeros((4, 1)),
        "W2": np.array([[0.5, -1.0, 0.25, 1.0]]),
        "b2": np.zeros((1, 1)),
    }


def layer_sizes_test_case():
    """Examples of five features, labels of two rows."""
    return np.ones((5, 3)), np.ones((2, 3))


def initialize_parameters_test_case():
    """Sizes of the layers."""
    return 2, 4, 1


def forward_propagation_test_case():
    """Three examples and a network."""
    return X.copy(), _parameters()


def compute_cost_test_case():
    """Three outputs, their labels, and the parameters that the first template passes on."""
    return np.array([[0.5, 0.25, 0.875]]), Y.copy(), _parameters()


def backward_propagation_test_case():
    """A network, what its forward pass kept, three examples and their labels."""
    cache = {
        "Z1": np.array([[0.375, -0.5, 0.75], [1.25, -1.0, -0.5], [-0.375, 0.5, -0.75], [-0.25, -0.25, 2.125]]),
        "A1": np.array(
            [
                [0.3584, -0.4621, 0.6351],
                [0.8483, -0.7616, -0.4621],
                [-0.3584, 0.4621, -0.6351],
                [-0.2449, -0.2449, 0.9719],
            ]
        ),
        "Z2": np.array([[-1.0036, 0.4011, 1.5928]]),
        "A2": np.array([[0.2682, 0.599, 0.831]]),
    }
    return _parameters(), cache, X.copy(), Y.copy()


def update_parameters_test_case():
    """A network, and gradients in the same shapes."""
    parameters = _parameters()
    return parameters, {"d" + name: 0.1 + value / 2 for name, value in parameters.items()}


def nn_model_test_case():
    """Three examples and their labels."""
    return X.copy(), Y.copy()


def predict_test_case():
    """A network and three examples."""
    return _parameters(), X.copy()
