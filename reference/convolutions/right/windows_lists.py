"""Returns lists."""

EXERCISE = "windows"


def windows(series, size, step):
    return [list(series[start : start + size]) for start in range(0, len(series) - size + 1, step)]
