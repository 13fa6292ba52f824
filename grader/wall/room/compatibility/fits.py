"""How linear models of scikit-learn were fitted: each class against the rest, columns scaled first. Lives in the room.

What an estimator was told beyond today's arguments goes with it where it is copied, as a grid search does.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from grader.wall.room.compatibility.gone import Note, by_notebook
from grader.wall.room.compatibility.learning_tables import ONE_VERSUS_REST, SCALED_FIRST, SCALING

_TOLD: Final = "_told_before"
#: what the estimators of one class each say of all of them
_STACKED: Final = ("coef_", "intercept_", "n_iter_")


def adapt_linear(linear_model: Any, note: Note) -> None:
    """Have linear models take `multi_class="ovr"` and `normalize=True`, and do what these meant."""
    regression = linear_model.LogisticRegression
    _remember(regression, "multi_class", "ovr")
    regression.fit = _against_the_rest(regression.fit, note)
    regression.predict_proba = _shares(regression.predict_proba)
    for name in SCALING:
        kind = getattr(linear_model, name, None)
        if kind is not None and "fit" in dir(kind):
            _remember(kind, "normalize", True)
            kind.fit = _scaled(kind.fit, note)


def _remember(kind: Any, argument: str, told: object) -> None:
    """Keep the value of an argument that is gone, in the estimator and in its copies."""
    make, copy = kind.__init__, kind.__sklearn_clone__

    @functools.wraps(make)
    def lenient(self: Any, *args: Any, **named: Any) -> None:
        kept = named.get(argument) == told and by_notebook(sys._getframe(1))
        make(self, *args, **{name: value for name, value in named.items() if not kept or name != argument})
        if kept:
            vars(self)[_TOLD] = told

    @functools.wraps(copy)
    def clone(self: Any) -> Any:
        made = copy(self)
        if _TOLD in vars(self):
            vars(made)[_TOLD] = vars(self)[_TOLD]
        return made

    kind.__init__, kind.__sklearn_clone__ = lenient, clone


def _against_the_rest(fit: Callable[..., Any], note: Note) -> Callable[..., Any]:
    @functools.wraps(fit)
    def fitted(self: Any, X: Any, y: Any, sample_weight: Any = None) -> Any:  # noqa: N803  # its name there
        vars(self).pop("_one_each", None)
        classes = np.unique(np.asarray(y))
        if len(classes) < 3 or not (vars(self).get(_TOLD) == "ovr" or self.solver == "liblinear"):
            return fit(self, X, y, sample_weight)
        note(ONE_VERSUS_REST.notice)
        each = [fit(self.__sklearn_clone__(), X, np.asarray(y) == one, sample_weight) for one in classes]
        fit(self, X, np.asarray(y) == classes[0], sample_weight)  # what it knows of its columns
        vars(self).update({name: np.concatenate([getattr(one, name) for one in each]) for name in _STACKED})
        self.classes_, self._one_each = classes, True
        return self

    return fitted


def _shares(predict_proba: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(predict_proba)
    def shares(self: Any, X: Any) -> Any:  # noqa: N803  # its name there
        return self._predict_proba_lr(X) if vars(self).get("_one_each") else predict_proba(self, X)

    return shares


def _scaled(fit: Callable[..., Any], note: Note) -> Callable[..., Any]:
    """The columns without their means and of length 1, if there is an intercept; the answer is of the columns given."""

    @functools.wraps(fit)
    def fitted(self: Any, X: Any, y: Any, *args: Any, **named: Any) -> Any:  # noqa: N803  # its name there
        if vars(self).get(_TOLD) is not True or not self.fit_intercept:
            return fit(self, X, y, *args, **named)
        note(SCALED_FIRST.notice)
        given = np.asarray(X, dtype=float)
        means = given.mean(axis=0)
        lengths = np.linalg.norm(given - means, axis=0)
        lengths[lengths == 0] = 1
        fit(self, (given - means) / lengths, y, *args, **named)
        self.coef_ = self.coef_ / lengths
        self.intercept_ = self.intercept_ - self.coef_ @ means
        return self

    return fitted
