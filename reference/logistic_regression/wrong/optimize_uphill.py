"""Adds the gradient."""

EXERCISE = "optimize"
LOSES = ("step", "steps", "gradients", "costs")
HINT = "Your parameters climb: every step adds the gradient. Which way does the cost fall?"


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w + learning_rate * grads["dw"]
        b = b + learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
