"""The data, the sigmoid and the plot that notebooks of this lab import under this name. Everything is drawn by us."""

import numpy as np

__all__ = ["load_extra_datasets", "load_planar_dataset", "plot_decision_boundary", "sigmoid"]


def sigmoid(x):
    """The logistic function, entry by entry of x (a number, or an array of any shape)."""
    return 1 / (1 + np.exp(-x))


def load_planar_dataset():
    """A flower of 400 points: X (2, 400), and Y (1, 400) with 1 for every second petal."""
    rng = np.random.default_rng(1)
    angle = rng.uniform(0, 2 * np.pi, 400)
    petal = np.floor(angle / (np.pi / 3)).astype(int)  # six of them
    radius = 0.4 + 3.2 * np.abs(np.sin(3 * angle)) + rng.normal(0, 0.2, 400)
    X = radius * np.array([np.cos(angle), np.sin(angle)])
    return X, (petal % 2)[None, :]


def load_extra_datasets():
    """Five other clouds of 200 points, each X (200, 2) and Y (200,): circles, moons, blobs, rings, and no pattern."""
    rng = np.random.default_rng(5)
    Y = np.arange(200) % 2
    angle = rng.uniform(0, 2 * np.pi, 200)
    circles = _polar(np.where(Y, 0.4, 1.0), angle)
    half = angle / 2
    moons = np.where(Y[:, None], _polar(1.0, half), [1.0, 0.4] - _polar(1.0, half))
    blobs = np.array([[-2.0, 0.0], [1.5, 1.0], [0.0, -2.0], [3.0, 3.0], [-3.0, 3.0], [4.0, -1.0]])
    number = rng.integers(6, size=200)
    gaussian = rng.normal(size=(200, 2))
    far = np.argsort(np.argsort(np.hypot(*gaussian.T))) >= 100
    return (
        (circles + rng.normal(0, 0.15, (200, 2)), Y),
        (moons + rng.normal(0, 0.15, (200, 2)), Y),
        (blobs[number] + rng.normal(0, 0.6, (200, 2)), number),
        (gaussian, far.astype(int)),
        (rng.uniform(size=(200, 2)), rng.integers(2, size=200)),
    )


def plot_decision_boundary(model, X, y):
    """Colour the plane by what `model` says of points (k, 2), with the examples X (2, m) of labels y on it."""
    import matplotlib.pyplot as plt

    axes = [np.linspace(row.min() - 1, row.max() + 1, 200) for row in X]
    grid = np.meshgrid(*axes)
    said = np.asarray(model(np.column_stack([part.ravel() for part in grid])), dtype=float)
    plt.contourf(*grid, said.reshape(grid[0].shape), cmap="RdYlBu", alpha=0.6)
    plt.scatter(X[0], X[1], c=np.ravel(y), cmap="RdYlBu", s=12, edgecolors="black", linewidths=0.3)
    plt.xlabel("$x_1$")
    plt.ylabel("$x_2$")


def _polar(radius, angle):
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
