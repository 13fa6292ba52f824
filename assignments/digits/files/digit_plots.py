"""Plots for the digits lab. They draw and report what they are given; nothing here is part of an answer."""

import matplotlib.pyplot as plt
import numpy as np
from digit_data import as_picture

MOST_SHOWN = 24


def plt_act_trio():
    """Linear, sigmoid and ReLU side by side."""
    z = np.linspace(-6, 6, 241)
    curves = {"linear: z": z, "sigmoid: 1 / (1 + e^-z)": 1 / (1 + np.exp(-z)), "ReLU: max(0, z)": np.maximum(z, 0)}
    _, axes = plt.subplots(1, 3, figsize=(10, 3), layout="constrained")
    for ax, (name, a) in zip(axes, curves.items(), strict=True):
        ax.plot(z, a)
        ax.set(title=name, xlabel="z", ylabel="a")
    plt.show()


def plt_softmax(my_softmax):
    """Three vectors z, and below each what `my_softmax` makes of it."""
    vectors = [np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 6.0]), np.array([2.0, 2.0, 2.0, 2.0])]
    _, axes = plt.subplots(2, 3, figsize=(9, 5), sharex=True, layout="constrained")
    for (above, below), z in zip(axes.T, vectors, strict=True):
        places = np.arange(len(z))
        above.bar(places, z)
        above.set(title=f"z = {z}", ylim=(0, 7))
        below.bar(places, my_softmax(z), color="C1")
        below.set(title="softmax of z", ylim=(0, 1), xticks=places)
    plt.show()


def plot_loss_tf(history):
    """The loss after each epoch of `model.fit`."""
    loss = history.history["loss"]
    _, ax = plt.subplots(layout="constrained")
    ax.plot(np.arange(1, len(loss) + 1), loss)
    ax.set(title="Loss during training", xlabel="epoch", ylabel="loss", ylim=(0, None))
    plt.show()


def display_digit(X):
    """One picture, given as a row of 400 numbers."""
    _, ax = plt.subplots(figsize=(1.2, 1.2))
    _show(ax, X)
    plt.show()


def display_errors(model, X, y):
    """Draw pictures the model gets wrong, titled "label, prediction"; the number of all errors."""
    predicted = np.argmax(model.predict(X, verbose=0), axis=1)
    wrong = np.flatnonzero(predicted != y[:, 0])
    if len(wrong) == 0:
        print("No errors found.")
        return 0
    fig, axes = plt.subplots(3, 8, figsize=(8, 4), layout="constrained")
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, i in zip(axes.flat, wrong[:MOST_SHOWN], strict=False):
        _show(ax, X[i], f"{y[i, 0]}, {predicted[i]}")
    fig.suptitle("Label, prediction")
    plt.show()
    return len(wrong)


def widgvis(fig):
    """Hide the frame of an interactive figure. A plain figure has none, and stays as it is."""
    for part in ("toolbar_visible", "header_visible", "footer_visible"):
        if hasattr(fig.canvas, part):
            setattr(fig.canvas, part, False)


def _show(ax, row, title=""):
    ax.imshow(as_picture(row), cmap="gray")
    ax.set_title(title, fontsize=10)
    ax.set_axis_off()
