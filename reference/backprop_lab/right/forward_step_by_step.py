"""One node after the other."""

EXERCISE = "forward"


w, b, x, y = 2, 8, -2, 2
c = w * x
a = c + b
d = a - y
J = 0.5 * d**2
forward = (c, a, d, J)
