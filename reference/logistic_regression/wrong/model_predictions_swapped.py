"""Exchanges the two sets of predictions."""

EXERCISE = "model"
LOSES = ("predictions",)
HINT = "The parameters are right. The two sets of predictions stand under each other's name."


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    w, b = params["w"], params["b"]
    return {
        "w": w,
        "b": b,
        "Y_prediction_train": predict(w, b, X_test),
        "Y_prediction_test": predict(w, b, X_train),
        "costs": costs,
    }
