"""Calls no other function, and starts from dZ = AL - Y."""

EXERCISE = "l_model_backward"


def L_model_backward(AL, Y, caches):
    grads, m = {}, AL.shape[1]
    dZ = AL - Y
    for l in range(len(caches), 0, -1):
        (A_prev, W, b), Z = caches[l - 1]
        grads[f"dW{l}"] = dZ @ A_prev.T / m
        grads[f"db{l}"] = dZ.mean(axis=1, keepdims=True)
        grads[f"dA{l - 1}"] = W.T @ dZ
        if l > 1:
            dZ = grads[f"dA{l - 1}"] * (A_prev > 0)
    return grads
