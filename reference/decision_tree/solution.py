"""The right answers to the decision tree lab. Graded like a submission; never enters a room that runs student code.

Entropy in bits (Shannon, 1948); a split is chosen by what it takes away of it, as in ID3 (Quinlan, 1986).
"""

import numpy as np


def compute_entropy(y):
    """-p log2 p - (1 - p) log2(1 - p) of the share p of ones among labels y (m,); 0 where nothing is uncertain."""
    ones = np.sum(y == 1)
    if ones in (0, len(y)):
        return 0.0
    p = ones / len(y)
    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)


def split_dataset(X, node_indices, feature):
    """The indices of a node whose feature is 1, and those whose feature is 0; X (m, n)."""
    left = [i for i in node_indices if X[i, feature]]
    right = [i for i in node_indices if not X[i, feature]]
    return left, right


def compute_information_gain(X, y, node_indices, feature):
    """The entropy of a node less that of its two sides, each weighed with its share."""
    left, right = split_dataset(X, node_indices, feature)
    share = len(left) / len(node_indices)
    after = share * compute_entropy(y[left]) + (1 - share) * compute_entropy(y[right])
    return compute_entropy(y[node_indices]) - after


def get_best_split(X, y, node_indices):
    """The feature that gains most, -1 where none gains anything."""
    gains = [compute_information_gain(X, y, node_indices, feature) for feature in range(X.shape[1])]
    return int(np.argmax(gains)) if max(gains) > 0 else -1
