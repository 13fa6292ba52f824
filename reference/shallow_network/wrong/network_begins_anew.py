"""Draws new parameters in every iteration."""

EXERCISE = "nn_model"
LOSES = ("steps", "line", "band")
HINT = (
    "However long it trains, your network ends where one step leads. Does it begin anew in every iteration, or "
    "return early?"
)


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    for i in range(num_iterations):
        parameters = initialize_parameters(n_x, n_h, n_y)
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
