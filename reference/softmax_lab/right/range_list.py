"""As a list of two Python numbers."""

EXERCISE = "output_range"


def output_range(outputs):
    flat = sorted(float(v) for v in outputs.ravel())
    return [flat[0], flat[-1]]
