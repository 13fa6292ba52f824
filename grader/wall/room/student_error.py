"""An exception in student code as plain data: its class, its bounded text, the student's deepest line. In the room."""

from __future__ import annotations

import re
import sys
from opcode import opmap
from pathlib import Path
from types import CodeType, FrameType, TracebackType

from grader.wall.protocol import MAX_ERROR_TEXT, MAX_NAME, StudentError
from grader.wall.room.kinds import kinds_of

_CELL = re.compile(r"<cell (\d{1,9})>")
MAX_LINE = 10**9
#: characters of a text that are looked at: some are taken out of it, and no time of the student's goes into the others
LOOKED_AT = 10 * MAX_ERROR_TEXT
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


#: this package, which a student who practises has beside the notebook
_OURS = f"{Path(__file__).parents[2]}/"


def cell_name(cell: int) -> str:
    """The file name under which a cell is compiled; it shows in tracebacks and in `inspect`."""
    return f"<cell {cell}>" if cell else "<handed out with the lab>"


def student_error(error: BaseException) -> StudentError:
    """Describe `error`, whose `__str__` may itself be hostile."""
    cell, line = _place(error)
    file, file_line = _place_beside(error)
    return StudentError(
        type="MemoryError" if isinstance(error, MemoryError) else type(error).__name__[:MAX_NAME],
        text=_text(error)[:MAX_ERROR_TEXT],
        cell=cell,
        line=line,
        missing=_missing(error),
        kinds=kinds_of(type(error)),
        file=file,
        file_line=file_line,
    )


def plain(text: str) -> str:
    """`text` without the colour codes that Keras puts into its messages."""
    return _COLOUR.sub("", text)


def without_our_paths(text: str) -> str:
    """`text` with files named as the student would: without the folders of this machine that they lie in."""
    known = (str(Path.cwd()), sys.prefix, *sys.path)  # a student may put anything on the path
    folders = {each for each in known if isinstance(each, str) and each.startswith("/") and len(each) > 1}
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(f"{folder}/", "")
    return text


def _text(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return without_our_paths(plain(text[:LOOKED_AT])) if type(text) is str else ""
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
            place = int(match[1]), _line(error, trace)
        trace = trace.tb_next
    return place


def _place_beside(error: BaseException) -> tuple[str | None, int | None]:
    """The file beside the notebook in which it was raised, and its line; nothing if a library or a cell did."""
    try:
        home = f"{Path.cwd()}/"
    except OSError:  # the student's code took the folder away
        return None, None
    place: tuple[str | None, int | None] = (None, None)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(home) and not file.startswith(_OURS):
            place = file.removeprefix(home)[:MAX_NAME], trace.tb_lineno
        elif _CELL.fullmatch(file):
            place = (None, None)
        trace = trace.tb_next
    return place


def _line(error: BaseException, trace: TracebackType) -> int:
    """The line that `trace` stands on.

    CPython 3.11 runs two instructions as one once it has met them eight times, as storing one name and loading another.
    If that other has no value, the line of the first is given: the same mistake would move from call to call.
    """
    frame, at = trace.tb_frame, trace.tb_lasti
    unbound = type(error) is UnboundLocalError and trace.tb_next is None
    if unbound and not _loads_nothing(frame, at) and _loads_nothing(frame, at + 2):
        return _line_at(frame.f_code, at + 2) or trace.tb_lineno
    return trace.tb_lineno


def _loads_nothing(frame: FrameType, at: int) -> bool:
    """Whether the instruction there loads a local name that has no value."""
    instruction = frame.f_code.co_code[at : at + 2]
    if len(instruction) < 2 or instruction[0] != opmap["LOAD_FAST"]:
        return False
    names = frame.f_code.co_varnames
    return instruction[1] < len(names) and names[instruction[1]] not in frame.f_locals


def _line_at(code: CodeType, at: int) -> int | None:
    return next((line for number, (line, *_) in enumerate(code.co_positions()) if number == at // 2), None)
