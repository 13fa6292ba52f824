"""Makes a weight for each example."""

EXERCISE = "model"
LOSES = ("parameters", "predictions", "costs")
HINT = (
    "The number of weights is that of the examples. X_train has a row for each feature: which entry of its shape "
    "counts those?"
)


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[1])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    w, b = params["w"], params["b"]
    return {
        "w": w,
        "b": b,
        "Y_prediction_train": predict(w, b, X_train),
        "Y_prediction_test": predict(w, b, X_test),
        "costs": costs,
    }
