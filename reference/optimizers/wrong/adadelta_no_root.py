"""Forgets the roots."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "You divided the averages of squares themselves. The square has to be undone, above and below."


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    step = (d + epsilon) / (s + epsilon) * dw
    d = rho * d + (1 - rho) * step**2
    return w - step, s, d
