"""Losses on held-back examples, recomputed by the judge in float64. Pure NumPy; who is asked for outputs is elsewhere.

Outputs come one row for each example, (m, classes), or (m,), (m, 1) or (1, m) where there is one number for each. The
means are those of `keras.losses` with the same names; logarithms of probabilities are bounded as there, by 1e-7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[Any]
LossName = Literal[
    "sparse_crossentropy_from_logits",
    "sparse_crossentropy",
    "categorical_crossentropy_from_logits",
    "categorical_crossentropy",
    "binary_crossentropy_from_logits",
    "binary_crossentropy",
    "mean_squared_error",
]
LEAST_PROBABILITY = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One way to measure how wrong outputs are.

    `value(outputs, labels)` is the mean over the examples. `answers(outputs)` and `truth(labels)` are the class given
    and the right one for each example, None where the labels are no classes. `least(labels)` is the smallest loss that
    one and the same output for every example can have. With `probabilities`, outputs have to be some. Each raises
    ValueError for shapes that do not fit.
    """

    value: Callable[[Numbers, Numbers], float]
    least: Callable[[Numbers], float]
    answers: Callable[[Numbers], Numbers] | None = None
    truth: Callable[[Numbers], Numbers] | None = None
    probabilities: bool = False


def sparse_from_logits(outputs: Numbers, labels: Numbers) -> float:
    """-mean log softmax(z)_y = mean (log sum_k exp(z_k) - z_y), with the biggest z taken out before the powers.

    Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.3.
    """
    z, y = _rows(outputs, labels.size), labels.ravel().astype(np.int64)
    top = z.max(axis=1)
    return float(np.mean(top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]))


def sparse(outputs: Numbers, labels: Numbers) -> float:
    """-mean log p_y for probabilities p (m, classes) and labels y (m,)."""
    p, y = _rows(outputs, labels.size), labels.ravel().astype(np.int64)
    return float(-np.mean(_log(p[np.arange(len(y)), y])))


def categorical_from_logits(outputs: Numbers, labels: Numbers) -> float:
    """As for whole-number labels, with labels (m, classes) of one 1 in each row."""
    return sparse_from_logits(outputs, _hot(labels))


def categorical(outputs: Numbers, labels: Numbers) -> float:
    """-mean sum_k t_k log p_k for labels t (m, classes) of one 1 in each row."""
    return sparse(outputs, _hot(labels))


def binary_from_logits(outputs: Numbers, labels: Numbers) -> float:
    """mean (max(z, 0) - z y + log(1 + exp(-|z|))), as tf.nn.sigmoid_cross_entropy_with_logits is documented."""
    z, y = _flat(outputs, labels.size), labels.ravel()
    return float(np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))))


def binary(outputs: Numbers, labels: Numbers) -> float:
    """-mean (y log p + (1 - y) log(1 - p)) for probabilities p and labels y, one for each example."""
    p, y = _flat(outputs, labels.size), labels.ravel()
    return float(-np.mean(y * _log(p) + (1 - y) * _log(1 - p)))


def squared(outputs: Numbers, labels: Numbers) -> float:
    """mean (a - y)^2 over all entries."""
    return float(np.mean((_flat(outputs, labels.size) - labels.ravel()) ** 2))


def _entropy(classes: Numbers) -> float:
    shares = np.unique(classes, return_counts=True)[1] / classes.size
    return float(-np.sum(shares * np.log(shares)))


def _variance(labels: Numbers) -> float:
    columns = labels.reshape(len(labels), -1) if labels.ndim > 1 and len(labels) > 1 else labels.reshape(-1, 1)
    return float(np.mean(columns.var(axis=0)))


def _whole(labels: Numbers) -> Numbers:
    return labels.ravel().astype(np.int64)


def _hot(labels: Numbers) -> Numbers:
    if labels.ndim != 2:
        raise ValueError("labels of shape (m, classes) are needed")
    return labels.argmax(axis=1)  # type: ignore[no-any-return]  # NumPy's stubs say Any


def _best(outputs: Numbers) -> Numbers:
    if outputs.ndim != 2:
        raise ValueError("outputs of shape (m, classes) are needed")
    return outputs.argmax(axis=1)  # type: ignore[no-any-return]  # NumPy's stubs say Any


def _rows(outputs: Numbers, count: int) -> Numbers:
    if outputs.ndim != 2 or len(outputs) != count:
        raise ValueError(f"outputs of shape {outputs.shape}, one row for each of {count} examples was asked")
    return outputs.astype(np.float64)


def _flat(outputs: Numbers, count: int) -> Numbers:
    if outputs.size != count:
        raise ValueError(f"outputs of shape {outputs.shape}, {count} numbers were asked")
    return outputs.ravel().astype(np.float64)


def _log(probabilities: Numbers) -> Numbers:
    return np.log(np.clip(probabilities, LEAST_PROBABILITY, 1))  # type: ignore[no-any-return]  # NumPy's stubs say Any


#: every loss an exercise may name
LOSSES: dict[LossName, Loss] = {
    "sparse_crossentropy_from_logits": Loss(value=sparse_from_logits, least=_entropy, answers=_best, truth=_whole),
    "sparse_crossentropy": Loss(value=sparse, least=_entropy, answers=_best, truth=_whole, probabilities=True),
    "categorical_crossentropy_from_logits": Loss(
        value=categorical_from_logits, least=lambda labels: _entropy(_hot(labels)), answers=_best, truth=_hot
    ),
    "categorical_crossentropy": Loss(
        value=categorical, least=lambda labels: _entropy(_hot(labels)), answers=_best, truth=_hot, probabilities=True
    ),
    "binary_crossentropy_from_logits": Loss(
        value=binary_from_logits, least=_entropy, answers=lambda z: (z.ravel() > 0).astype(np.int64), truth=_whole
    ),
    "binary_crossentropy": Loss(
        value=binary,
        least=_entropy,
        answers=lambda p: (p.ravel() > 0.5).astype(np.int64),
        truth=_whole,
        probabilities=True,
    ),
    "mean_squared_error": Loss(value=squared, least=_variance),
}


def are_probabilities(outputs: Numbers, *, classes: bool) -> bool:
    """Whether every entry is between 0 and 1 and, with `classes`, every row sums to 1, within 1e-3 (float32 sums)."""
    inside = bool(np.all((outputs >= -1e-6) & (outputs <= 1 + 1e-6)))
    return inside and (not classes or (outputs.ndim == 2 and bool(np.all(np.abs(outputs.sum(axis=1) - 1) <= 1e-3))))
