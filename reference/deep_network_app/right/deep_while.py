"""Counts with a while loop and imports the helpers one by one."""

EXERCISE = "l_layer_model"


from dnn_app_utils_v3 import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    initialize_parameters_deep,
    update_parameters,
)


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters = initialize_parameters_deep(layers_dims)
    costs = []
    done = 0
    while done < num_iterations:
        AL, caches = L_model_forward(X, parameters)
        if done % 100 == 0 or done == num_iterations - 1:
            costs.append(float(compute_cost(AL, Y)))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
        done += 1
    return parameters, costs
