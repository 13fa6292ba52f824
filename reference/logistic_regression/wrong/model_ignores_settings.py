"""Trains with fixed settings."""

EXERCISE = "model"
LOSES = ("parameters", "predictions", "costs")
HINT = "Your model trains with settings of its own, whatever is asked for. Are the two settings handed on to optimize?"


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, 100, 0.009)
    w, b = params["w"], params["b"]
    return {
        "w": w,
        "b": b,
        "Y_prediction_train": predict(w, b, X_train),
        "Y_prediction_test": predict(w, b, X_test),
        "costs": costs,
    }
