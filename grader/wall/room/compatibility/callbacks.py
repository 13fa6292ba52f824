"""What Keras calls back while it trains, as notebooks gave it: older arguments, logs that nobody reads. In the room.

A package that draws such logs need not be there: whoever writes them trains all the same.
"""

from __future__ import annotations

import functools
import importlib.util
import inspect
from collections.abc import Callable
from typing import Any, Final

from grader.wall.room.compatibility.gone import Note
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.tables import BEST_IS_MOST, CALLBACK_ARGUMENTS, LOGS, SUMMARIES
from grader.wall.room.compatibility.wrapping import Options, Positional, wrap_init

#: what TensorFlow writes into such logs
_SUMMARIES: Final = ("scalar", "histogram", "image", "text", "audio", "trace_export")
_WATCHING: Final = ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau")


def adapt_callbacks(keras: Any, note: Note, with_ending: Callable[[str, bool], str]) -> None:
    """Have callbacks take the calls of the tables. `with_ending` gives the name under which a file is kept."""
    for name in _WATCHING:
        wrap_init(getattr(keras.callbacks, name), functools.partial(_watching, note, with_ending))
    if importlib.util.find_spec("tensorboard") is None:
        _silence(keras.callbacks, note)


def adapt_summaries(tensorflow: Any, note: Note) -> None:
    """Have what writes logs write none, where the package for them is missing."""
    if importlib.util.find_spec("tensorboard") is not None:
        return
    for name in _SUMMARIES:
        if hasattr(tensorflow.summary, name):
            setattr(tensorflow.summary, name, lambda *_, **__: note(SUMMARIES.notice))


def _watching(
    note: Note, with_ending: Callable[[str, bool], str], parameters: tuple[str, ...], args: Positional, named: Options
) -> tuple[Positional, Options]:
    call = {**dict(zip(parameters, args, strict=False)), **named}
    if str(call.get("monitor", "")).removeprefix("val_") == "acc" and call.get("mode", "auto") == "auto":
        note(BEST_IS_MOST.notice)
        call["mode"] = "max"
    if isinstance(call.get("filepath"), str):
        call["filepath"] = with_ending(call["filepath"], bool(call.get("save_weights_only")))
    return (), renamed(call, CALLBACK_ARGUMENTS, note, takes=parameters.__contains__)


def _silence(callbacks: Any, note: Note) -> None:
    """Have the class of callbacks that draw logs do nothing: subclasses and isinstance hold."""
    kind = callbacks.TensorBoard

    def make(self: Any, *_: Any, **__: Any) -> None:
        note(LOGS.notice)
        callbacks.Callback.__init__(self)

    for name, _ in inspect.getmembers(callbacks.Callback, inspect.isfunction):
        if name in vars(kind):
            setattr(kind, name, getattr(callbacks.Callback, name))
    kind.__init__ = make
