"""Warnings as a student reads them: what is said, once, and where in the notebook. Lives in the room.

A library says them with the path and the line of its own file, which is a place on our machine, and another one
elsewhere; a loop of the student's has it say the same from many lines.
"""

from __future__ import annotations

import re
import sys
import warnings
from typing import TextIO

from grader.wall.room.student_error import plain, without_our_paths

_CELL = re.compile(r"<cell (\d{1,9})>")
MOST_SAID = 200


def tell_warnings_plainly() -> None:
    """From now on, show each warning of this process once, without paths of ours."""
    said: set[str] = set()

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        del line
        text = f"{category.__name__}: {without_our_paths(plain(str(message)))}"
        if text not in said and len(said) < MOST_SAID:
            said.add(text)
            cell = _CELL.fullmatch(filename)
            place = f" (cell {cell[1]}, line {lineno})" if cell else ""
            print(f"{text}{place}", file=file or sys.stderr)

    warnings.showwarning = show
