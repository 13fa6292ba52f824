"""Forgets the root."""

EXERCISE = "adam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "You divided by the average of squares itself. Something has to undo the squaring."


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (v_hat + epsilon), m, v
