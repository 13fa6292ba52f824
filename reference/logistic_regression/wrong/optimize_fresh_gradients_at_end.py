"""Returns the gradients after the last step."""

EXERCISE = "optimize"
LOSES = ("gradients",)
HINT = "The gradients you return were computed once more after the last step. Asked are those that made it."


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, propagate(w, b, X, Y)[0], costs
