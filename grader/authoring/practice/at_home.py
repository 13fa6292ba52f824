"""Asking on the student's machine: the questions of `judging/`, answered by an object of this process. No judging here.

What a room is for the grader, this is for practice, without any wall: object and machine are the student's own.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import linecache
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from grader.judging.examination import Subject
from grader.judging.showing import call_text
from grader.notebook.submission.plan import Parameters
from grader.report.report import CellReference
from grader.wall.message_frames import whole
from grader.wall.protocol import Answer, Call, Describe, Follow, Question, Raised, Returned, StudentError, Unsupported
from grader.wall.room.following import follow
from grader.wall.room.objects import Arguments
from grader.wall.room.student_error import student_error
from grader.wall.values import UnsupportedValueError, Value, freeze, kind_of

#: characters of what the student's code prints that are kept
MOST_PRINTED: Final = 600
_PROMPT: Final = re.compile(r"In ?\[(\d{1,6})\]")

#: what a Keras model says of itself, as a room asks it; handed in, so that functions are tried without Keras
Description = Callable[[Any, Any], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHome:
    """One object of the student's, and how it is asked. `printed` collects what it prints meanwhile."""

    target: str
    thing: Any
    describe: Description | None = None
    printed: io.StringIO

    @property
    def subject(self) -> Subject:
        """The object as it is examined: its name, and what it takes if it is a function that says so."""
        return Subject(target=self.target, parameters=_parameters(self.thing))

    @property
    def cell(self) -> CellReference | None:
        """The cell in which the function was defined, by the number that Jupyter shows beside it; None elsewhere."""
        code = getattr(inspect.unwrap(self.thing), "__code__", None)
        number = None if code is None else _prompt(code.co_filename)
        if code is None or number is None:
            return None
        source = "".join(linecache.getlines(code.co_filename)).rstrip("\n")
        return CellReference(index=number, found_by="definition", source=source)

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """The answers, in order. What the code raises is an answer; an interrupt by the student is none and passes."""
        return [self._answer(question) for question in questions]

    def _answer(self, question: Question) -> Answer:
        try:
            with contextlib.redirect_stdout(self.printed), warnings.catch_warnings(action="ignore"):
                return self._returned(question)
        except UnsupportedValueError as error:
            return Unsupported(id=question.id, what=error.what)
        except KeyboardInterrupt as stop:
            stop.add_note(f"check was waiting for {_asked(question)}")
            raise
        except (Exception, SystemExit) as error:
            return Raised(id=question.id, error=_error_here(error))

    def _returned(self, question: Question) -> Returned:
        match question:
            case Call():
                arguments = Arguments(question.args, question.named)
                value = self.thing(*arguments.by_place, **arguments.by_name)
                after = arguments.afterwards()
                return whole(Returned(id=question.id, value=freeze(value), arguments=after), question)
            case Follow():
                return Returned(id=question.id, value=follow(self.thing, question.steps))
            case Describe(inputs=inputs) if self.describe is not None:
                return Returned(id=question.id, value=self.describe(self.thing, inputs.data))
            case _:
                raise UnsupportedValueError(kind_of(question))


def _asked(question: Question) -> str:
    return call_text(question.target, question.args) if isinstance(question, Call) else question.target


def _parameters(thing: Any) -> Parameters | None:
    """What a call may pass by position, as `submission/parameters.py` reads it off the text."""
    try:
        taken = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return None
    by_place = [each for each in taken if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    if any(each.kind is each.KEYWORD_ONLY and each.default is each.empty for each in taken):
        return None
    return Parameters(
        names=tuple(each.name for each in by_place),
        needed=sum(each.default is each.empty for each in by_place),
        any_more=any(each.kind is each.VAR_POSITIONAL for each in taken),
    )


def _error_here(error: BaseException) -> StudentError:
    """The exception, with the deepest line that stands in a cell of the notebook."""
    cell: int | None = None
    line: int | None = None
    trace = error.__traceback__
    while trace is not None:
        if (number := _prompt(trace.tb_frame.f_code.co_filename)) is not None:
            cell, line = number, trace.tb_lineno
        trace = trace.tb_next
    return replace(student_error(error), cell=cell, line=line)


def _prompt(file: str) -> int | None:
    """The number beside the cell whose code IPython compiled under this name; None if it is no cell's."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    named = None if shell is None else shell.compile.format_code_name(file)
    found = _PROMPT.fullmatch(named[1]) if named else None
    return None if found is None else int(found[1])
