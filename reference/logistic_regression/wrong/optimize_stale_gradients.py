"""Computes the gradients once, before the loop."""

EXERCISE = "optimize"
LOSES = ("steps", "gradients", "costs")
HINT = (
    "The first step is right, later ones repeat it. Gradients change with the parameters: where must they be computed?"
)


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    grads, cost = propagate(w, b, X, Y)
    for i in range(num_iterations):
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
