"""The figure that a room tells of, read from the value that crossed: of the known form, or none. No comparing here."""

from __future__ import annotations

from typing import Any, Final

from grader.wall.figure import MAX_AXES, Axes, Figure, Marks
from grader.wall.values import Array, Record, Value

_TEXTS: Final = ("title", "xlabel", "ylabel", "xscale", "yscale", "subplot")
_ROWS: Final = ("xticks", "yticks", "legend")
_MARKS: Final = ("lines", "bars", "scatter")


def read_figure(value: Value) -> Figure | None:
    """The figure that a room tells of; None for anything else."""
    match value:
        case Record(type="Figure", fields={"suptitle": str(title), "axes": tuple(axes), "too_large": bool(too_large)}):
            found = [known for each in axes if (known := _axes_of(each)) is not None]
            whole = len(found) == len(axes) <= MAX_AXES
            return Figure(suptitle=title, axes=tuple(found), too_large=too_large) if whole else None
        case _:
            return None


def _axes_of(value: Value) -> Axes | None:
    if not isinstance(value, Record) or value.type != "Axes":
        return None
    held: Any = value.fields
    if held.keys() != set(Axes.__dataclass_fields__) or not _is_of_the_form(held):
        return None
    read: dict[str, Any] = {name: held[name] for name in (*_TEXTS, *_ROWS)}
    read |= {name: tuple(map(_marks_of, held[name])) for name in _MARKS}
    return Axes(**read, images=tuple(each.data for each in held["images"]))


def _is_of_the_form(held: dict[str, Any]) -> bool:
    texts = [held[name] for name in _TEXTS]
    rows = [held[name] for name in (*_ROWS, *_MARKS, "images")]
    if not all(isinstance(each, tuple) for each in rows):
        return False
    texts += [each for name in _ROWS for each in held[name]]
    marks = [each for name in _MARKS for each in held[name]]
    return (
        all(isinstance(each, str) for each in texts)
        and all(map(_is_marks, marks))
        and all(map(_is_numbers, held["images"]))
    )


def _is_marks(value: Value) -> bool:
    match value:
        case Record(type="Marks", fields={"x": Array(data=x), "y": Array(data=y)}):
            return x.ndim == 1 and x.shape == y.shape and x.dtype.kind == y.dtype.kind == "f"
        case _:
            return False


def _marks_of(value: Record) -> Marks:
    x, y = value.fields["x"], value.fields["y"]
    assert isinstance(x, Array)
    assert isinstance(y, Array)
    return Marks(x=x.data, y=y.data)


def _is_numbers(value: Value) -> bool:
    return isinstance(value, Array) and value.data.dtype.kind == "f"
