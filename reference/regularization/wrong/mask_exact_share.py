"""Drops exactly a share p of each row."""

EXERCISE = "dropout_mask"
LOSES = ("one_by_one",)
HINT = "Every row of your mask loses equally many. With a decision for each entry that would be a strange coincidence."

import numpy as np


def dropout_mask(rows, columns, p, seed):
    row = np.arange(columns) >= np.round(p * columns)
    return np.array([np.random.default_rng(seed + i).permutation(row) for i in range(rows)]).astype(float)
