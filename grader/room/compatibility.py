"""What older notebooks spell differently: a small table of adaptations, each noted when it was used. Lives in the room.

The labs were written for Keras 2 and NumPy 1. A spelling that was right then must not cost points now. Every row here
is documented in assignments/README.md; nothing is adapted that would change what right code computes.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.room.rewriting import NUMBER_OF, SET_ITEM

ONE_ELEMENT = (
    "A one-element array was used as a number; NumPy 2.4 and newer refuse that, older versions did not. Accepted."
)
SHAPE = "An input shape was given as a bare number; Keras 3 wants a tuple such as (400,). Accepted."
BATCH = "`build` was given a shape without the batch axis; Keras 3 wants (None, 400). Accepted."
RATE = "The optimizer's `lr` is called `learning_rate` in Keras 3. Accepted."

#: all that a room may say of its own accord; the judge passes on nothing else
NOTICES = frozenset({ONE_ELEMENT, SHAPE, BATCH, RATE})


class Compatibility:
    """The adaptations of one room, and the notices of those that were needed."""

    def __init__(self) -> None:
        self._notices: list[str] = []
        self.names: dict[str, Any] = {SET_ITEM: self._set_item, NUMBER_OF: self._number_of}

    @property
    def notices(self) -> tuple[str, ...]:
        """What was adapted, in words for the student, in order of first use."""
        return tuple(self._notices)

    def _note(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)

    def _set_item(self, value: Any, container: Any, key: Any) -> None:
        try:
            container[key] = value
        except (TypeError, ValueError):
            if not (isinstance(container, np.ndarray) and _one_element(value)):
                raise
            container[key] = np.asarray(value).item()
            self._note(ONE_ELEMENT)

    def _number_of(self, kind: Any, thing: Any) -> Any:
        if kind in (float, int) and isinstance(thing, np.ndarray) and thing.ndim > 0 and thing.size == 1:
            self._note(ONE_ELEMENT)
            return kind(thing.item())
        return kind(thing)

    def install(self) -> None:
        """Adapt Keras 2 spellings, if the room has Keras."""
        keras = sys.modules.get("keras")
        if keras is None:
            return
        self._wrap_shapes(keras)
        for name in ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Nadam", "Adamax"):
            _wrap_init(getattr(keras.optimizers, name), self._learning_rate)

    def _wrap_shapes(self, keras: Any) -> None:
        for layer in (keras.layers.InputLayer, keras.layers.Layer):
            _wrap_init(layer, self._shape)
        from_keras = keras.Input
        lenient = functools.wraps(from_keras)(
            lambda *args, **kwargs: from_keras(*self._shape_first(args), **self._shape(kwargs))
        )
        for module in _modules_holding("Input", from_keras):
            module.Input = lenient
        build = keras.Sequential.build
        keras.Sequential.build = lambda model, input_shape=None: build(model, self._with_batch(input_shape))

    def _shape(self, options: dict[str, Any]) -> dict[str, Any]:
        for name in ("shape", "input_shape"):
            if type(options.get(name)) is int:
                options = {**options, name: (options[name],)}
                self._note(SHAPE)
        return options

    def _shape_first(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if args and type(args[0]) is int:
            self._note(SHAPE)
            return ((args[0],), *args[1:])
        return args

    def _with_batch(self, shape: Any) -> Any:
        if isinstance(shape, tuple) and len(shape) == 1 and type(shape[0]) is int:
            self._note(BATCH)
            return (None, *shape)
        return shape

    def _learning_rate(self, options: dict[str, Any]) -> dict[str, Any]:
        if "lr" not in options:
            return options
        self._note(RATE)
        return {("learning_rate" if name == "lr" else name): value for name, value in options.items()}


def _one_element(value: Any) -> bool:
    try:
        numbers = np.asarray(value)
    except ValueError:
        return False
    return isinstance(value, np.ndarray) and numbers.size == 1 and numbers.dtype.kind in "iuf"


def _wrap_init(kind: Any, adapt: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    original = kind.__init__

    @functools.wraps(original)
    def lenient(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **adapt(kwargs))

    lenient.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # Keras reads argument names off it
    kind.__init__ = lenient


def _modules_holding(name: str, thing: object) -> list[Any]:
    return [module for module in list(sys.modules.values()) if getattr(module, "__dict__", {}).get(name) is thing]
