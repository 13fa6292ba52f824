"""Mistakes whose code is a function of a test's, called in this process. No tests here."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

from grader.course.edits import Script
from grader.judging import Misconception
from grader.wall.protocol import Answer, Raised, Returned, StudentError, Unsupported
from grader.wall.values import UnsupportedValueError, Value, freeze, thaw


def mistaken(name: str, hint: str, solve: Callable[..., Any], *, code: Script | None = None) -> Misconception:
    """The mistake that answers as `solve` does; `code` is its script, if that is to be known."""

    def answer(args: tuple[Value, ...]) -> Answer:
        copies = [thaw(arg) for arg in args]
        try:
            return Returned(id=0, value=freeze(solve(*copies)), arguments=tuple(map(freeze, copies)))
        except UnsupportedValueError as error:
            return Unsupported(id=0, what=error.what)
        except Exception as error:
            lines = [at.lineno for at in traceback.extract_tb(error.__traceback__) if code and at.filename == code.name]
            said = StudentError(type=type(error).__name__, text=str(error), cell=1, line=lines[-1] if lines else None)
            return Raised(id=0, error=said)

    return Misconception(name=name, hint=hint, answer=answer, source=code.source if code else "")
