"""The right answers to the plotting lab. Graded like a submission; never enters a room that runs student code."""

import matplotlib.pyplot as plt


def plot_losses(train, test):
    """Two curves over the epochs."""
    fig, ax = plt.subplots()
    epochs = range(1, len(train) + 1)
    ax.plot(epochs, train, label="train")
    ax.plot(epochs, test, label="test")
    ax.set_title("Training")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.set_yscale("log")
    ax.legend()
    return fig


def plot_counts(labels):
    """A bar for each label."""
    fig, ax = plt.subplots()
    names = sorted(set(labels))
    ax.bar(names, [labels.count(name) for name in names])
    ax.set_title("Labels")
    ax.set_ylabel("count")
    return fig


def show_both(picture, points):
    """A picture on the left, points on the right."""
    fig, (left, right) = plt.subplots(1, 2)
    left.imshow(picture)
    left.set_title("Picture")
    right.scatter(points[:, 0], points[:, 1])
    right.set_title("Points")
    fig.suptitle("Data")
    return fig
