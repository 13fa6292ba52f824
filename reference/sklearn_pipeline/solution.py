"""The right answers to the scikit-learn lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class KNN:
    """The most frequent label among the k nearest points (Fix and Hodges, 1951)."""

    def __init__(self, k):
        if k < 1:
            raise ValueError("k has to be 1 or more")
        self.k = k

    def fit(self, X, y):
        self.X, self.y = X, y
        return self

    def predict(self, Z):
        distances = np.linalg.norm(Z[:, None, :] - self.X[None, :, :], axis=2)
        nearest = np.argsort(distances, axis=1)[:, : self.k]
        return np.array([np.bincount(self.y[each]).argmax() for each in nearest])


def make_model():
    """Scales every feature, then fits a logistic regression."""
    return make_pipeline(StandardScaler(), LogisticRegression())


def best_k(X, y, X_val, y_val, ks):
    """Of the numbers of neighbours, the smallest of those that get most right."""
    scores = {k: KNeighborsClassifier(k).fit(X, y).score(X_val, y_val) for k in sorted(ks)}
    return max(scores, key=scores.get)
