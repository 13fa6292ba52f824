"""Keeps the cost of every iteration."""

EXERCISE = "optimize"
LOSES = ("costs",)
HINT = "The parameters are right, but there is a cost for every iteration. Every hundredth was asked for."


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        costs.append(cost)
    return {"w": w, "b": b}, grads, costs
