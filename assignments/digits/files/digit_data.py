"""The pictures of the digits lab and their labels. Where they come from is told in the assignment's README."""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def load_data():
    """Pictures X (1200, 400), each pixel from 0 (paper) to 1 (ink), and labels y (1200, 1), sorted by digit."""
    X = np.load(HERE / "digit_pictures.npy") / 255.0
    y = np.load(HERE / "digit_labels.npy")
    return X, y


def as_picture(row):
    """The 20 x 20 picture of one row of X; a row holds its picture column after column."""
    return np.reshape(row, (20, 20)).T
