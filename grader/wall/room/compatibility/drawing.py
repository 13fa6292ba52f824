"""Calls of Matplotlib that were right in older versions: arguments, styles, methods that are gone. Lives in the room.

Every argument is adapted before the call: what a call has drawn before it is refused stays in the figure.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from grader.wall.room.compatibility.drawing_tables import (
    ARGUMENTS,
    BY_POSITION,
    JOINS_FIGURE,
    METHODS,
    OWN_AXES,
    ROOM_FOR_BAR,
    ROTATION,
    SETTINGS,
    STYLES,
    WINDOWS,
)
from grader.wall.room.compatibility.gone import Note, by_notebook, is_library
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.wrapping import Options, Positional, by_name, give_back, replace_function, wrap_init

Function = Callable[..., Any]
#: whose frames hand arguments on to Matplotlib as they were given
_PANDAS = tuple(f"{folder}/pandas/" for folder in sys.path)


def adapt_pyplot(pyplot: Any, note: Note) -> None:
    """Have Matplotlib take the calls of the tables; pyplot is the last of its modules to be loaded."""
    matplotlib = sys.modules["matplotlib"]
    homes = (matplotlib, pyplot, *_classes(pyplot))
    for home, name in ((matplotlib, "use"), (pyplot, "switch_backend")):
        setattr(home, name, _without_windows(note, getattr(home, name)))
    rows = {name: rows for names, rows in ARGUMENTS.items() for name in names}
    for name in {*rows, "tight_layout"}:
        _adapt(homes, name, functools.partial(_with_arguments, name, rows[name], note))
    _adapt(homes, "gca", functools.partial(_with_axes_of_its_own, note))
    _adapt(homes, "colorbar", functools.partial(_with_room, pyplot, note))
    _adapt(homes, "set_rotation", functools.partial(_by_number, note))
    for name in ("use", "context"):
        replace_function(importlib.import_module("matplotlib.style"), name, functools.partial(_with_styles, note))
    matplotlib.RcParams.__setitem__ = _with_settings(note, matplotlib.RcParams.__setitem__)
    _adapt_classes(note)


def _classes(pyplot: Any) -> Iterator[type]:
    """The classes whose methods notebooks call."""
    kinds = (pyplot.Axes, pyplot.Figure, sys.modules["matplotlib.axis"].Axis, sys.modules["matplotlib.text"].Text)
    yield from dict.fromkeys(base for kind in (*kinds, *_of_space()) for base in kind.__mro__ if base is not object)


def _of_space() -> tuple[type, ...]:
    module = sys.modules.get("mpl_toolkits.mplot3d.axes3d")
    return () if module is None else (module.Axes3D,)


def _adapt(homes: tuple[Any, ...], name: str, adapt: Callable[[Function], Function]) -> None:
    for home in homes:
        if callable(function := vars(home).get(name)):
            setattr(home, name, adapt(function))


def _adapt_classes(note: Note) -> None:
    for (module, path), rows in METHODS.items():
        if module in sys.modules:
            give_back(functools.reduce(getattr, path.split("."), sys.modules[module]), rows, note)
    patches = sys.modules["matplotlib.patches"]
    for name, row in BY_POSITION.items():
        if (kind := getattr(patches, name, None)) is not None:
            parameters = list(inspect.signature(kind).parameters.values())
            wrap_init(kind, functools.partial(_with_names, parameters, row, note))
    for kind in _of_space():
        _join_figures(kind, note)


def _with_names(
    parameters: list[inspect.Parameter],
    row: Spelling,
    note: Note,
    _: tuple[str, ...],
    args: Positional,
    named: Options,
) -> tuple[Positional, Options]:
    after = by_name(parameters, args, named)
    if len(after[0]) < len(args):
        note(row.notice)
    return after


def _with_arguments(name: str, rows: tuple[Spelling, ...], note: Note, function: Function) -> Function:
    parameters = inspect.signature(function).parameters
    olds = {row.name for row in rows}
    open_ended = any(each.kind is each.VAR_KEYWORD for each in parameters.values())

    def takes(argument: str) -> bool:
        return argument in parameters or (open_ended and argument not in olds)

    @functools.wraps(function)
    def lenient(*args: Any, **named: Any) -> Any:
        if by_notebook(sys._getframe(1), through=_PANDAS):
            if name in BY_POSITION:
                args, named = _with_names(list(parameters.values()), BY_POSITION[name], note, (), args, named)
            named = renamed(named, rows, note, takes=takes)
        return function(*args, **named)

    return lenient


def _with_axes_of_its_own(note: Note, gca: Function) -> Function:
    """`gca(projection="3d")` was the current axes if they are such, else new ones."""

    @functools.wraps(gca)
    def lenient(*figure: Any, **named: Any) -> Any:
        if not named:
            return gca(*figure)
        note(OWN_AXES.notice)
        where = figure[0] if figure else sys.modules["matplotlib.pyplot"].gcf()
        current = where.gca() if where.axes else None
        wanted = named.get("projection") or "rectilinear"
        return current if getattr(current, "name", None) == wanted else where.add_subplot(**named)

    return lenient


def _with_room(pyplot: Any, note: Note, colorbar: Function) -> Function:
    """A bar for what belongs to no axes took its room from the current ones."""

    @functools.wraps(colorbar)
    def lenient(*args: Any, **named: Any) -> Any:
        things = [each for each in (*args, named.get("mappable")) if hasattr(each, "get_cmap")]
        placed = any(named.get(name) is not None for name in ("ax", "cax")) or len(args) > 2
        if things and not placed and getattr(things[0], "axes", None) is None and not is_library(sys._getframe(1)):
            named = {**named, "ax": pyplot.gca()}
            note(ROOM_FOR_BAR.notice)
        return colorbar(*args, **named)

    return lenient


def _by_number(note: Note, set_rotation: Function) -> Function:
    @functools.wraps(set_rotation)
    def lenient(text: Any, s: Any) -> Any:
        try:
            return set_rotation(text, s)
        except ValueError:
            if not isinstance(s, str) or not s.strip().lstrip("-").replace(".", "", 1).isdigit():
                raise
            note(ROTATION.notice)
            return set_rotation(text, float(s))

    return lenient


def _without_windows(note: Note, use: Function) -> Function:
    """What draws into windows, or into a page that is looked at, is not there; figures are drawn all the same."""

    @functools.wraps(use)
    def lenient(*args: Any, **named: Any) -> Any:
        try:
            return use(*args, **named)
        except ImportError:
            note(WINDOWS.notice)
            return None

    return lenient


def _with_styles(note: Note, function: Function) -> Function:
    def today(style: Any) -> Any:
        row = STYLES.get(style) if isinstance(style, str) else None
        if row is None or style in sys.modules["matplotlib.style"].library:
            return style
        note(row.notice)
        return row.new.strip("'")

    @functools.wraps(function)
    def lenient(style: Any, *args: Any, **named: Any) -> Any:
        if not is_library(sys._getframe(1)):
            style = [today(each) for each in style] if isinstance(style, list | tuple) else today(style)
        return function(style, *args, **named)

    return lenient


def _with_settings(note: Note, setitem: Function) -> Function:
    @functools.wraps(setitem)
    def lenient(settings: Any, key: Any, value: Any) -> None:
        row = SETTINGS.get(key)
        if row is None or key in settings.validate:
            setitem(settings, key, value)
            return
        note(row.notice)
        if row.new:
            setitem(settings, row.new.strip("'"), sys.modules["matplotlib.rcsetup"].cycler(color=value))

    return lenient


def _join_figures(kind: Any, note: Note) -> None:
    """Axes with three dimensions that are made for a figure were in it."""
    make = kind.__init__

    @functools.wraps(make)
    def lenient(self: Any, fig: Any, *args: Any, **named: Any) -> None:
        by_notebook = not is_library(sys._getframe(1))
        joins = named.pop("auto_add_to_figure", True) if by_notebook else False
        make(self, fig, *args, **named)
        if joins and self not in fig.axes:
            note(JOINS_FIGURE.notice)
            fig.add_axes(self)

    kind.__init__ = lenient
