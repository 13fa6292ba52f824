"""Takes the sigmoid from planar_utils, and looks every parameter up first, as the course's template does."""

EXERCISE = "forward_propagation"

import numpy as np
from planar_utils import load_extra_datasets, load_planar_dataset, plot_decision_boundary, sigmoid  # noqa: F401


def forward_propagation(X, parameters):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    assert A2.shape == (1, X.shape[1])
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache
