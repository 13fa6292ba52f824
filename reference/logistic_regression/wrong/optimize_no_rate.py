"""Takes the whole gradient as a step."""

EXERCISE = "optimize"
LOSES = ("step", "steps", "gradients", "costs")
HINT = "Your steps are as long as the gradient itself. Which argument says how much of it to take?"


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - grads["dw"]
        b = b - grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
