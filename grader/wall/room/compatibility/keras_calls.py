"""Calls of Keras that were right in Keras 2 or 1: arguments under other names, units as text, methods of models.

Lives in the room. Every argument is adapted before the call: an object that Keras refused half-way would be of no use.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from grader.message import say
from grader.wall.room.compatibility.gone import Note, is_library, value_of
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.tables import (
    FUNCTION_ARGUMENTS,
    LAYER_ARGUMENTS,
    LOSS_NAMES,
    METHOD_ARGUMENTS,
    MODEL_METHODS,
    OPTIMIZER_ARGUMENTS,
)

SHAPE = say("bare_shape")
BATCH = say("shape_without_batch")
RATE = say("old_learning_rate")
UNITS = say("units_as_text")
FILE = say("file_without_ending")
NOTICES = frozenset({SHAPE, BATCH, RATE, UNITS, FILE})

Options = dict[str, Any]
Positional = tuple[Any, ...]
#: adapts the arguments of a call, given the names of the parameters that are taken by position, and of all
Adapt = Callable[[tuple[str, ...], Positional, Options], tuple[Positional, Options]]

_WHOLE_NUMBERS = ("units", "filters", "input_dim")
_SHAPES = ("shape", "input_shape")
#: what `weights` are the start of, in the order in which a layer has them
_STARTS = ("kernel", "embeddings", "recurrent", "bias", "gamma", "beta", "moving_mean", "moving_variance")
_MODEL_ENDINGS = (".keras", ".h5", ".hdf5")
_WEIGHTS_ENDINGS = (".weights.h5",)
_LAYER_TAKES = ("input_shape", "input_dim", "name", "dtype", "trainable")


class KerasCalls:
    """`note` is told what was adapted."""

    def __init__(self, keras: Any, note: Note) -> None:
        self._keras = keras
        self._note = note
        self._rows = {row.old: row for row in (*LAYER_ARGUMENTS, *OPTIMIZER_ARGUMENTS)}
        self._losses = {row.old.strip("'"): row for row in LOSS_NAMES}

    def install(self) -> None:
        """Have layers, optimizers, models and functions take the calls of the tables."""
        keras = self._keras
        for layer in _classes(keras.layers, keras.layers.Layer):
            _wrap_init(layer, self._of_layer)
        for optimizer in _classes(keras.optimizers, keras.optimizers.Optimizer):
            _wrap_init(optimizer, self._of_optimizer)
        for name, rows in FUNCTION_ARGUMENTS.items():
            _replace(keras.utils, name, functools.partial(self._renaming, rows))
        for home in (keras.losses, keras.metrics):
            _replace(home, "get", self._by_name)
        _replace(keras, "Input", self._with_shape)
        self._adapt_models()

    def _adapt_models(self) -> None:
        model = self._keras.Model
        build = self._keras.Sequential.build
        self._keras.Sequential.build = lambda model, input_shape=None: build(model, self._with_batch(input_shape))
        for name, rows in METHOD_ARGUMENTS.items():
            setattr(model, name, self._renaming(rows, getattr(model, name)))
        for row in MODEL_METHODS:
            if not hasattr(model, row.name):
                setattr(model, row.name, self._noting(row))
        model.save = self._with_ending(_MODEL_ENDINGS, model.save)
        model.save_weights = self._with_ending(_WEIGHTS_ENDINGS, model.save_weights)
        model.load_weights = self._with_ending(_WEIGHTS_ENDINGS, model.load_weights)
        for name in ("save_model", "load_model"):
            _replace(self._keras.saving, name, functools.partial(self._with_ending, _MODEL_ENDINGS))

    def _noting(self, row: Spelling) -> Callable[..., Any]:
        def method(*args: Any, **named: Any) -> Any:
            self._note(row.notice)
            return value_of(row.method("model"))(*args, **named)

        return method

    def _renaming(self, rows: tuple[Spelling, ...], function: Callable[..., Any]) -> Callable[..., Any]:
        takes = frozenset(inspect.signature(function).parameters)

        @functools.wraps(function)
        def lenient(*args: Any, **named: Any) -> Any:
            return function(*args, **renamed(named, rows, self._note, takes=takes.__contains__))

        return lenient

    def _by_name(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def get(identifier: Any) -> Any:
            row = self._losses.get(identifier) if type(identifier) is str else None
            if row is None:
                return function(identifier)
            self._note(row.notice)
            return function(row.new.strip("'"))

        return get

    def _with_shape(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def lenient(*args: Any, **named: Any) -> Any:
            return function(*map(self._shape, args[:1]), *args[1:], **self._each(_SHAPES, self._shape, named))

        return lenient

    def _with_ending(self, endings: tuple[str, ...], function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, given the name of a file that Keras 3 takes; one that is read keeps its name if it is there."""

        @functools.wraps(function)
        def lenient(*args: Any, **named: Any) -> Any:
            call = inspect.signature(function).bind(*args, **named)
            path = call.arguments.get("filepath")
            known = str(path).endswith(endings) or Path(str(path)).is_file()
            if isinstance(path, str | Path) and not known:
                self._note(FILE)
                call.arguments["filepath"] = f"{path}{endings[0]}"
            return function(*call.args, **call.kwargs)

        return lenient

    def _of_layer(self, parameters: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        adapted = self._each((*_SHAPES, *_WHOLE_NUMBERS), self._argument, dict(zip(parameters, args, strict=False)))
        args = (*adapted.values(), *args[len(adapted) :])
        takes = frozenset((*parameters, *_LAYER_TAKES))
        named = self._with_starts(self._without_batch(named, takes), takes)
        named = renamed(named, LAYER_ARGUMENTS, self._note, takes=takes.__contains__)
        return args, self._each((*_SHAPES, *_WHOLE_NUMBERS), self._argument, named)

    def _of_optimizer(
        self, parameters: tuple[str, ...], args: Positional, named: Options
    ) -> tuple[Positional, Options]:
        call = {**dict(zip(parameters, args, strict=False)), **named}
        if "lr" in call and "lr" not in parameters:
            self._note(RATE)
            call["learning_rate"] = call.pop("lr")
        if call.get("decay") is not None and "decay" not in parameters:
            decay, rate = call.pop("decay"), call.get("learning_rate", 0.001)
            if decay:
                self._note(self._rows["decay="].notice)
                call["learning_rate"] = self._keras.optimizers.schedules.InverseTimeDecay(rate, 1, decay)
        if call.get("epsilon", 0) is None:
            self._note(self._rows["epsilon=None"].notice)
            del call["epsilon"]
        return (), renamed(call, OPTIMIZER_ARGUMENTS, self._note, takes=("decay", *parameters).__contains__)

    def _without_batch(self, named: Options, takes: frozenset[str]) -> Options:
        shape = named.get("batch_input_shape")
        if not isinstance(shape, tuple | list):
            return named
        self._note(self._rows["batch_input_shape="].notice)
        kept = {name: value for name, value in named.items() if name != "batch_input_shape"}
        return {**kept, ("shape" if "batch_shape" in takes else "input_shape"): tuple(shape[1:])}

    def _with_starts(self, named: Options, takes: frozenset[str]) -> Options:
        weights = named.get("weights")
        if "weights" in takes or not isinstance(weights, list | tuple):
            return named
        self._note(self._rows["weights="].notice)
        starts = [f"{name}_initializer" for name in _STARTS if f"{name}_initializer" in takes]
        values = dict(zip(starts, map(_constant, weights), strict=False))
        return {**{name: value for name, value in named.items() if name != "weights"}, **values}

    def _each(self, names: tuple[str, ...], adapt: Callable[..., Any], named: Options) -> Options:
        return {name: adapt(value, name) if name in names else value for name, value in named.items()}

    def _argument(self, value: Any, name: str) -> Any:
        return self._shape(value) if name in _SHAPES else self._whole(value)

    def _shape(self, value: Any, _: str = "") -> Any:
        if isinstance(value, int | np.integer) and not isinstance(value, bool):
            self._note(SHAPE)
            return (int(value),)
        return value

    def _whole(self, value: Any) -> Any:
        if not isinstance(value, str | float | np.integer):
            return value
        try:
            number = int(value)
        except ValueError:
            return value
        self._note(UNITS)
        return number

    def _with_batch(self, shape: Any) -> Any:
        if isinstance(shape, tuple | list) and len(shape) == 1 and type(shape[0]) is int:
            self._note(BATCH)
            return (None, *shape)
        return shape


def _constant(value: Any) -> Callable[..., Any]:
    return lambda shape, dtype=None: np.asarray(value, dtype=dtype).reshape(shape)


def _classes(home: Any, kind: type) -> set[type]:
    """The classes of a module that are of that kind and have an `__init__` of their own."""
    found = {each for each in vars(home).values() if isinstance(each, type) and issubclass(each, kind)}
    found = {each for one in found for each in one.__mro__ if issubclass(each, kind)}
    return {each for each in found if "__init__" in vars(each)}


def _wrap_init(kind: Any, adapt: Adapt) -> None:
    original = kind.__init__
    parameters = [each for each in inspect.signature(original).parameters.values() if each.name != "self"]
    names = tuple(each.name for each in parameters if each.kind is not each.VAR_KEYWORD)

    @functools.wraps(original)
    def lenient(self: Any, *args: Any, **named: Any) -> None:
        if not is_library(sys._getframe(1)):
            args, named = adapt(names, args, named)
        original(self, *args, **named)

    lenient.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # Keras reads argument names off it
    kind.__init__ = lenient


def _replace(home: Any, name: str, adapt: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put what `adapt` makes of a function into every module that holds it."""
    function = getattr(home, name)
    lenient = adapt(function)
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get(name) is function:
            setattr(module, name, lenient)
