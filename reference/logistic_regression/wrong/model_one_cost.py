"""Keeps only the last cost."""

EXERCISE = "model"
LOSES = ("costs",)
HINT = "Parameters and predictions are right. Under costs there should be the whole list that optimize returned."


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    w, b = params["w"], params["b"]
    return {
        "w": w,
        "b": b,
        "Y_prediction_train": predict(w, b, X_train),
        "Y_prediction_test": predict(w, b, X_test),
        "costs": [costs[-1]],
    }
