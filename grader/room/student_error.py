"""An exception in student code as plain data: its class, its bounded text, the student's deepest line. In the room."""

from __future__ import annotations

import re
from types import TracebackType

from grader.protocol import MAX_ERROR_TEXT, MAX_NAME, StudentError

_CELL = re.compile(r"<cell (\d{1,9})>")
MAX_LINE = 10**9
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def cell_name(cell: int) -> str:
    """The file name under which a cell is compiled; it shows in tracebacks and in `inspect`."""
    return f"<cell {cell}>"


def student_error(error: BaseException) -> StudentError:
    """Describe `error`, whose `__str__` may itself be hostile."""
    cell, line = _place(error)
    return StudentError(
        type="MemoryError" if isinstance(error, MemoryError) else type(error).__name__[:MAX_NAME],
        text=_text(error)[:MAX_ERROR_TEXT],
        cell=cell,
        line=line,
        missing=_missing(error),
    )


def plain(text: str) -> str:
    """`text` without the colour codes that Keras puts into its messages."""
    return _COLOUR.sub("", text)


def _text(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return plain(text) if type(text) is str else ""
    except BaseException:
        return ""


def _missing(error: BaseException) -> str | None:
    name = error.name if isinstance(error, NameError | ImportError) else None
    return name[:MAX_NAME] if type(name) is str else None


def _place(error: BaseException) -> tuple[int | None, int | None]:
    if isinstance(error, SyntaxError) and (match := _CELL.fullmatch(str(error.filename))):
        line = error.lineno
        return int(match[1]), line if type(line) is int and 0 < line < MAX_LINE else None
    place: tuple[int | None, int | None] = (None, None)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if match := _CELL.fullmatch(trace.tb_frame.f_code.co_filename):
            place = int(match[1]), trace.tb_lineno
        trace = trace.tb_next
    return place
