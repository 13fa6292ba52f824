"""Keeps printed costs only and returns the parameters alone, as an older template does."""

EXERCISE = "l_layer_model"

import matplotlib.pyplot as plt
import numpy as np
from dnn_app_utils_v3 import *


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    np.random.seed(1)
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 100 == 0:
            print(f"Cost after iteration {i}: {cost:f}")
        if print_cost and i % 100 == 0:
            costs.append(cost)
    plt.plot(np.squeeze(costs))
    plt.title("Learning rate =" + str(learning_rate))
    plt.show()
    return parameters
