"""Calls of Keras that were right in Keras 2 or 1: arguments under other names, units as text, methods of models.

Lives in the room. Every argument is adapted before the call: an object that Keras refused half-way would be of no use.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np

from grader.message import Message, say
from grader.wall.room.compatibility.callbacks import adapt_callbacks
from grader.wall.room.compatibility.gone import Note, value_of
from grader.wall.room.compatibility.numpy_calls import renamed, renaming
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.tables import (
    AUTO_REDUCTION,
    CONVOLUTION,
    FUNCTION_ARGUMENTS,
    KERAS_METHODS,
    LAYER_ARGUMENTS,
    LOSS_NAMES,
    METHOD_ARGUMENTS,
    METRICS_ALONE,
    METRICS_THIRD,
    MODEL_ARGUMENTS,
    MODEL_METHODS,
    NAME_OF_MODEL,
    OPTIMIZER_ARGUMENTS,
    PLAIN_LISTS,
    REGULARIZER_ARGUMENTS,
    WINDOW,
)
from grader.wall.room.compatibility.wrapping import Options, Positional, give_back, replace_function, wrap_init

SHAPE = say("bare_shape")
BATCH = say("shape_without_batch")
RATE = say("old_learning_rate")
UNITS = say("units_as_text")
FILE = say("file_without_ending")
NOTICES = frozenset({SHAPE, BATCH, RATE, UNITS, FILE})

_WHOLE_NUMBERS = ("units", "filters", "input_dim")
_SIDES = ("nb_row", "nb_col")
_SHAPES = ("shape", "input_shape")
#: what `weights` are the start of, in the order in which a layer has them
_STARTS = ("kernel", "embeddings", "recurrent", "bias", "gamma", "beta", "moving_mean", "moving_variance")
_MODEL_ENDINGS = (".keras", ".h5", ".hdf5")
_WEIGHTS_ENDINGS = (".weights.h5",)
#: methods that are given examples first and their labels next
_GIVEN_EXAMPLES = ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch")
#: what tells that a call was written for Keras 1
_OF_KERAS_1 = tuple(row for row in LAYER_ARGUMENTS if row.since == WINDOW.since)
_LAYER_TAKES = ("input_shape", "input_dim", "name", "dtype", "trainable")


class KerasCalls:
    """`note` is told what was adapted; `noted` is all that was in this room, by whatever part of it."""

    def __init__(self, keras: Any, note: Note, noted: Collection[Message] = ()) -> None:
        self._keras = keras
        self._note = note
        self._noted = noted
        self._rows = {row.old: row for row in (*LAYER_ARGUMENTS, *OPTIMIZER_ARGUMENTS)}
        self._losses = {row.old.strip("'"): row for row in LOSS_NAMES}

    def install(self) -> None:
        """Have layers, optimizers, models and functions take the calls of the tables."""
        keras = self._keras
        for layer in _classes(keras.layers, keras.layers.Layer):
            wrap_init(layer, self._of_layer)
        wrap_init(keras.layers.Conv2D, self._of_window)
        for optimizer in _classes(keras.optimizers, keras.optimizers.Optimizer):
            wrap_init(optimizer, self._of_optimizer)
        for loss in _classes(keras.losses, keras.losses.Loss):
            wrap_init(loss, self._of_loss)
        for name, row in REGULARIZER_ARGUMENTS.items():
            wrap_init(getattr(keras.regularizers, name), functools.partial(self._of_regularizer, row))
        for (home, name), rows in KERAS_METHODS.items():
            give_back(getattr(getattr(keras, home), name), rows, self._note)
        for name, rows in FUNCTION_ARGUMENTS.items():
            replace_function(keras.utils, name, functools.partial(renaming, rows, self._note))
        for home in (keras.losses, keras.metrics):
            replace_function(home, "get", self._by_name)
        replace_function(keras, "Input", self._with_shape)
        adapt_callbacks(keras, self._note, self._kept_as)
        self._adapt_models()

    def _kept_as(self, path: str, only_weights: bool) -> str:
        endings = _WEIGHTS_ENDINGS if only_weights else _MODEL_ENDINGS[:2]  # a third is read, and not written here
        if path.endswith(endings):
            return path
        self._note(FILE)
        return f"{path}{endings[0]}"

    def _adapt_models(self) -> None:
        model = self._keras.Model
        model.__new__ = staticmethod(self._making(model, model.__new__))
        wrap_init(sys.modules["keras.src.models.functional"].Functional, self._of_model)
        wrap_init(self._keras.Sequential, self._of_sequential)
        build = self._keras.Sequential.build
        self._keras.Sequential.build = lambda model, input_shape=None: build(model, self._with_batch(input_shape))
        for name, rows in METHOD_ARGUMENTS.items():
            setattr(model, name, renaming(rows, self._note, getattr(model, name)))
        for name in _GIVEN_EXAMPLES:
            setattr(model, name, self._given_lists(getattr(model, name)))
        model.compile = self._with_metrics(model.compile)
        for row in MODEL_METHODS:
            if not hasattr(model, row.name):
                setattr(model, row.name, self._noting(row))
        model.save = self._with_ending(_MODEL_ENDINGS, model.save)
        model.save_weights = self._with_ending(_WEIGHTS_ENDINGS, model.save_weights)
        model.load_weights = self._with_ending(_WEIGHTS_ENDINGS, model.load_weights)
        for name in ("save_model", "load_model"):
            replace_function(self._keras.saving, name, functools.partial(self._with_ending, _MODEL_ENDINGS))

    def _noting(self, row: Spelling) -> Callable[..., Any]:
        def method(*args: Any, **named: Any) -> Any:
            self._note(row.notice)
            return value_of(row.method("model"))(*args, **named)

        return method

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
            kept = Path(f"{path}{endings[0]}").is_file()  # by a callback, under the name that it may have here
            known = (str(path).endswith(endings) and not kept) or Path(str(path)).is_file()
            if isinstance(path, str | Path) and not known:
                self._note(FILE)
                call.arguments["filepath"] = f"{path}{endings[0]}"
            return function(*call.args, **call.kwargs)

        return lenient

    def _given_lists(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, given lists of numbers as arrays."""

        @functools.wraps(method)
        def lenient(model: Any, *args: Any, **named: Any) -> Any:
            args = (*map(self._as_array, args[:2]), *args[2:])
            return method(model, *args, **self._each(("x", "y"), self._as_array, named))

        return lenient

    def _as_array(self, value: Any, _: str = "") -> Any:
        within = value
        while isinstance(within, list | tuple) and within:
            within = within[0]
        if within is value or not isinstance(within, int | float | np.number):
            return value
        self._note(PLAIN_LISTS.notice)
        return np.asarray(value)

    def _with_metrics(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, given its metrics alone or by their place."""

        @functools.wraps(method)
        def lenient(model: Any, *args: Any, **named: Any) -> Any:
            if len(args) > 2 and _are_names(args[2]):
                self._note(METRICS_THIRD.notice)
                args, named = args[:2], {"metrics": args[2], **named}
            if isinstance(named.get("metrics"), str | self._keras.metrics.Metric):
                self._note(METRICS_ALONE.notice)
                named = {**named, "metrics": [named["metrics"]]}
            return method(model, *args, **named)

        return lenient

    def _of_loss(self, _: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        if named.get("reduction") != "auto":
            return args, named
        self._note(AUTO_REDUCTION.notice)
        return args, {name: value for name, value in named.items() if name != "reduction"}

    def _of_regularizer(
        self, row: Spelling, parameters: tuple[str, ...], args: Positional, named: Options
    ) -> tuple[Positional, Options]:
        return args, renamed(named, [row], self._note, takes=parameters.__contains__)

    def _of_layer(self, parameters: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        adapted = self._each((*_SHAPES, *_WHOLE_NUMBERS), self._argument, dict(zip(parameters, args, strict=False)))
        args = (*adapted.values(), *args[len(adapted) :])
        takes = frozenset((*parameters, *_LAYER_TAKES))
        named = self._with_starts(self._without_batch(named, takes), takes)
        named = renamed(named, LAYER_ARGUMENTS, self._note, takes=takes.__contains__)
        return args, self._each((*_SHAPES, *_WHOLE_NUMBERS), self._argument, named)

    def _of_window(self, _: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        """Two numbers for the sides of the window, which are a side and a stride unless Keras 1 was meant."""
        window = (named.get("nb_row"), named.get("nb_col"))
        if len(args) == 3 and "kernel_size" not in named and self._is_of_keras_1(named):
            window = args[1:]
        if not all(isinstance(side, int | np.integer) for side in window):
            return args, named
        self._note(WINDOW.notice)
        return args[:1], {**{name: named[name] for name in named if name not in _SIDES}, "kernel_size": window}

    def _is_of_keras_1(self, named: Options) -> bool:
        noted = {row.notice for row in (*_OF_KERAS_1, CONVOLUTION)}
        return any(row.name in named for row in _OF_KERAS_1) or not noted.isdisjoint(self._noted)

    def _making(self, model: type, make: Callable[..., Any]) -> Callable[..., Any]:
        def new(kind: type, *args: Any, **named: Any) -> Any:
            return make(kind, *args, **(self._of_model((), (), named)[1] if kind is model else named))

        return new

    def _of_model(self, _: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        both = all(row.name in named for row in MODEL_ARGUMENTS)
        return args, renamed(
            named, MODEL_ARGUMENTS, self._note, takes=("inputs", "outputs").__contains__
        ) if both else named

    def _of_sequential(self, _: tuple[str, ...], args: Positional, named: Options) -> tuple[Positional, Options]:
        match args:
            case (layers, str(name)) if "name" not in named:
                self._note(NAME_OF_MODEL.notice)
                return (layers,), {**named, "name": name}
        return args, named

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


def _are_names(value: Any) -> bool:
    names = value if isinstance(value, list | tuple) else [value]
    return bool(names) and all(isinstance(each, str) for each in names)


def _constant(value: Any) -> Callable[..., Any]:
    return lambda shape, dtype=None: np.asarray(value, dtype=dtype).reshape(shape)


def _classes(home: Any, kind: type) -> set[type]:
    """The classes of a module that are of that kind and have an `__init__` of their own."""
    found = {each for each in vars(home).values() if isinstance(each, type) and issubclass(each, kind)}
    found = {each for one in found for each in one.__mro__ if issubclass(each, kind)}
    return {each for each in found if "__init__" in vars(each)}
