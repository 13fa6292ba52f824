"""The right answers to the back-propagation lab. Graded like a submission; never enters a room with student code.

J = (w x + b - y)^2 / 2 in four nodes: c = w x, a = c + b, d = a - y, J = d^2 / 2. Slopes come by the chain rule.
"""

import sympy

w, b, x, y = 2.0, 8.0, -2.0, 2.0

c = w * x
a = c + b
d = a - y
J = d**2 / 2
forward = (c, a, d, J)

dJ_dd = d
dJ_da = dJ_dd
dJ_dc = dJ_da
dJ_db = dJ_da
dJ_dw = dJ_dc * x
backward = (dJ_dd, dJ_da, dJ_dc, dJ_db, dJ_dw)


def cost(w, b, x, y):
    """J of four numbers."""
    return (w * x + b - y) ** 2 / 2


def gradients(w, b, x, y):
    """dJ/dw and dJ/db, as a tuple of two numbers."""
    dJ_da = w * x + b - y
    return dJ_da * x, dJ_da


def numeric_slope(w, b, x, y, step):
    """(J(w + step) - J(w)) / step, the forward difference for dJ/dw."""
    return (cost(w + step, b, x, y) - cost(w, b, x, y)) / step


def symbolic_slope(expression, at):
    """The derivative by w of an expression (text), at w = `at`, as a number."""
    return float(sympy.diff(expression, "w").subs("w", at))


def chain_rule(x):
    """du/dv, dv/dx and du/dx for u = v^3 and v = x^2 + 1, at a number x."""
    v = x**2 + 1
    du_dv = 3 * v**2
    dv_dx = 2 * x
    return du_dv, dv_dx, du_dv * dv_dx
