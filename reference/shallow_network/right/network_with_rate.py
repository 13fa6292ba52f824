"""Takes the learning rate as well, before the number of iterations."""

EXERCISE = "nn_model"


def nn_model(X, Y, n_h, learning_rate, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for _ in range(num_iterations):
        _, cache = forward_propagation(X, parameters)
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y), learning_rate)
    return parameters
