"""The pictures of this lab, drawn by the program itself: landscapes with the sea, and landscapes with a meadow."""

import numpy as np

__all__ = ["load_dataset"]

SIZE = 64
SKIES = np.array([[120, 170, 235], [150, 160, 175], [230, 170, 130]])  # clear, cloudy, evening
GROUNDS = np.array([[95, 140, 75], [65, 115, 150]])  # a meadow, the sea


def load_dataset():
    """Pictures and labels: train_x (120, 64, 64, 3), train_y (1, 120), test_x (40, ...), test_y (1, 40), names (2,).

    Pictures hold whole numbers from 0 to 255; the label is 1 for the sea and 0 for a meadow. Always the same ones.
    """
    rng = np.random.default_rng(2021)
    labels = rng.permutation(160) % 2
    pictures = np.array([_landscape(label, rng) for label in labels])
    names = np.array([b"meadow", b"sea"])
    return pictures[:120], labels[None, :120], pictures[120:], labels[None, 120:], names


def _landscape(label, rng):
    horizon = rng.integers(15, 50)
    daylight = rng.uniform(0.5, 1.15)
    picture = np.empty((SIZE, SIZE, 3))
    picture[:horizon] = SKIES[rng.integers(3)]
    picture[horizon:] = GROUNDS[label] + rng.normal(0, 26, size=3)
    if label:  # waves
        rows = np.arange(horizon, SIZE)
        picture[horizon:] += 14 * np.sin(rows / rng.uniform(1, 3))[:, None, None]
    else:  # grass
        picture[horizon:] += rng.normal(0, 14, size=(SIZE - horizon, SIZE, 1))
    picture = daylight * picture + rng.normal(0, 12, size=picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)
