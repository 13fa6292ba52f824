"""Calls of TensorFlow's functions that were right once: arguments under other names, symbols of Keras. In the room.

What is no longer there at all is for `gone.py`.
"""

from __future__ import annotations

import sys
from typing import Any

from grader.wall.room.compatibility.callbacks import adapt_summaries
from grader.wall.room.compatibility.gone import Note
from grader.wall.room.compatibility.numpy_calls import renaming
from grader.wall.room.compatibility.tables import SYMBOLIC, TENSORFLOW_ARGUMENTS

#: modules of TensorFlow that give out the functions of the table
_HOMES = ("math", "nn", "linalg")


def install(tensorflow: Any, note: Note) -> None:
    """Have the functions that notebooks call take their old arguments; TensorFlow's own code calls others."""
    adapt_summaries(tensorflow, note)
    if (keras := sys.modules.get("keras")) is not None:
        _take_symbols(tensorflow, keras, note)
    for home in (tensorflow, *(getattr(tensorflow, name) for name in _HOMES)):
        for names, rows in TENSORFLOW_ARGUMENTS.items():
            for name in names:
                if (function := getattr(home, name, None)) is not None:
                    setattr(home, name, renaming(rows, note, function))


def _take_symbols(tensorflow: Any, keras: Any, note: Note) -> None:
    """Have functions of TensorFlow be steps of a functional model where they are given a symbol of it."""

    class OfTensorFlow(keras.Operation):  # type: ignore[misc]  # the library is not imported here
        def __init__(self, function: Any) -> None:
            super().__init__()
            self._function = function

        def call(self, *args: Any, **named: Any) -> Any:
            return self._function(*args, **named)

    class Symbols(tensorflow.__internal__.dispatch.GlobalOpDispatcher):  # type: ignore[misc]
        def handle(self, op: Any, args: Any, kwargs: Any) -> Any:
            parts = tensorflow.nest.flatten([args, kwargs])
            if not any(isinstance(each, keras.KerasTensor) for each in parts):
                return self.NOT_SUPPORTED
            note(SYMBOLIC.notice)
            return OfTensorFlow(op)(*args, **kwargs)

    Symbols().register()
