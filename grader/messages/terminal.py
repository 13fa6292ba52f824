"""The terminal: the one place that writes to standard output and error. What is said there is made harmless here.

Names of files, folders and members of zips are other people's text. On a terminal they could hide or repeat lines, and
in the log of a CI run begin a line that its runner obeys.
"""

from __future__ import annotations

import re
import shutil
import sys
import traceback
from typing import Final, TextIO

from grader.errors import GraderError
from grader.message import Message
from grader.messages.visible import in_cell
from grader.messages.words import english

#: a sentence is long if it lists what there is; anything longer was made to be
_MOST: Final = 4_000
#: how GitHub's runner knows a command: at the beginning of a line, or in the older form anywhere in it
_COMMAND: Final = re.compile(r"^(\s*):(?=:)|##\[", re.MULTILINE)
#: columns where nobody can tell
WIDTH: Final = 88


def say(sentence: Message | str, *more: Message | str) -> None:
    """Sentences on standard error, one to a line: a newline within one is another's, and is spelled out. Messages are
    said in English."""
    lines = (_harmless(in_cell(_text(each), most=_MOST)) for each in (sentence, *more))
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def warn(sentence: Message | str, *more: Message | str) -> None:
    """As `say`, of something that keeps nobody from being graded."""
    say(f"warning: {_text(sentence)}", *more)


def refuse(error: GraderError) -> None:
    """Say what an error of ours says."""
    say(*error.said)


def confess(error: Exception) -> None:
    """Say where the grader itself failed, for whoever mends it."""
    trace = "".join(traceback.format_exception(error)).splitlines()
    say(*trace, f"The grader itself failed ({type(error).__name__}); nobody's work was judged. Please report this.")


def tell(line: str, *more: str) -> None:
    """As `say`, on standard output: what a command has done. It is there at once, for whoever waits for it."""
    sys.stdout.write("".join(f"{_harmless(in_cell(each, most=_MOST))}\n" for each in (line, *more)))
    sys.stdout.flush()


def show(text: str) -> None:
    """Text of a renderer, for people: it is clean but for lines that a CI runner would obey."""
    sys.stdout.write(_harmless(text))


def hand_over(document: str) -> None:
    """A document of a renderer for a program, as it is."""
    sys.stdout.write(document)


def width(*, most: int, least: int = 0) -> int:
    """The columns there are for `show`, within bounds; `WIDTH` where standard output is no terminal."""
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if is_watched() else WIDTH
    return max(min(columns, most), least)


def is_watched() -> bool:
    """Whether standard output is a terminal, where colours and columns are to be had."""
    return sys.stdout.isatty()


def progress() -> TextIO:
    """Standard error for a bar, which draws numbers and words of ours alone."""
    return sys.stderr


def log() -> TextIO:
    """Standard error for a log that machines read: JSON with fields of ours alone, by `service/operations/logs.py`."""
    return sys.stderr


def _text(said: Message | str) -> str:
    return english(said) if isinstance(said, Message) else said


def _harmless(text: str) -> str:
    return _COMMAND.sub(lambda found: f"{found[1]}<003A>" if found[1] is not None else "##<005B>", text)
