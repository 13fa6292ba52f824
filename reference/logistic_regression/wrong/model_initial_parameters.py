"""Predicts with the parameters it began with."""

EXERCISE = "model"
LOSES = ("parameters", "predictions")
HINT = "All predictions come from parameters that never learned. What does optimize return, and where does it go?"


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    _, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    return {
        "w": w,
        "b": b,
        "Y_prediction_train": predict(w, b, X_train),
        "Y_prediction_test": predict(w, b, X_test),
        "costs": costs,
    }
