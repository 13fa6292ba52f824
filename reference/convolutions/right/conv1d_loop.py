"""Adds everything up in loops."""

EXERCISE = "conv1d"


def conv1d(series, kernel, step):
    out = []
    for start in range(0, len(series) - len(kernel) + 1, step):
        total = 0.0
        for k in range(len(kernel)):
            total += series[start + k] * kernel[k]
        out.append(total)
    return out
