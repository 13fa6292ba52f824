"""Runs forward only once, before the loop."""

EXERCISE = "nn_model"
LOSES = ("steps", "line", "band")
HINT = (
    "The first step is right. Later ones go by the outputs of the untrained network: where must the forward pass stand?"
)


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    A2, cache = forward_propagation(X, parameters)
    for i in range(num_iterations):
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
