"""The right answers to the optimizers lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def sgd_step(w, dw, learning_rate):
    """One step of gradient descent: w - learning_rate dw; w and dw of one shape."""
    return w - learning_rate * dw


def descend(w, curvature, learning_rate, steps):
    """All places (steps + 1,) of gradient descent on J(w) = curvature w^2 / 2 from the number w on, w the first."""
    places = [w]
    for _ in range(steps):
        places.append(sgd_step(places[-1], curvature * places[-1], learning_rate))
    return np.array(places)


def mini_batches(X, y, order, size):
    """Batches (X (k, n), y (k,)) of the examples X (m, n), y (m,) in the given order, k = size but for the last."""
    starts = range(0, len(y), size)
    return [(X[order[start : start + size]], y[order[start : start + size]]) for start in starts]


def momentum_step(w, dw, v, learning_rate, beta):
    """One step along the exponentially weighted average of the gradients (Polyak, 1964); gives w, v."""
    v = beta * v + (1 - beta) * dw
    return w - learning_rate * v, v


def adagrad_step(w, dw, s, learning_rate, epsilon):
    """One step of AdaGrad (Duchi, Hazan and Singer, 2011), s the sum of squared gradients; gives w, s."""
    s = s + dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    """One step of RMSprop (Hinton, 2012), s the weighted average of squared gradients; gives w, s."""
    s = rho * s + (1 - rho) * dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    """Step number t, from 1 on, of Adam (Kingma and Ba, 2015, algorithm 1); gives w and the uncorrected m, v."""
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def adadelta_step(w, dw, s, d, rho, epsilon):
    """One step of Adadelta (Zeiler, 2012, algorithm 1), d the weighted average of squared steps; gives w, s, d."""
    s = rho * s + (1 - rho) * dw**2
    step = np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * dw
    d = rho * d + (1 - rho) * step**2
    return w - step, s, d


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    """Step number t, from 1 on, of Nadam (Dozat, 2016) with constant beta1; gives w and the uncorrected m, v."""
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * dw / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
