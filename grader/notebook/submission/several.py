"""Which of several notebooks that were handed in together answers what: for each that is asked for, the one that
answers most of it. That it was chosen is said. Nothing is sliced here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from grader.course.assignment import Assignment
from grader.messages import Message, counted, say
from grader.messages.visible import in_cell
from grader.notebook.notebook import Notebook
from grader.notebook.submission.detection import answered
from grader.notebook.submission.texts import answer_below

#: what is seen of a file's name
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What is looked for, and the notebook where; None if no notebook is that one."""

    part: Assignment
    name: str
    notebook: Notebook | None
    notices: tuple[Message, ...] = ()

    @property
    def missing(self) -> Message:
        """That it was not handed in."""
        return say("notebook_not_handed_in", notebook=self.name)


def picked(notebooks: Sequence[Notebook], assignment: Assignment) -> tuple[Picked, ...]:
    """For each notebook that is asked for the one that counts: what answers most, is called so, holds most, comes last.

    An assignment that names none asks for one. A file may count twice, if its student wrote all into it.
    """
    return tuple(_pick(name, notebooks, assignment.within(name)) for name in assignment.notebooks or ("",))


def _pick(name: str, notebooks: Sequence[Notebook], asked: Assignment) -> Picked:
    merits = [_Merit.of(each, name, asked) for each in notebooks]
    best = max(reversed(merits), key=lambda each: each.rank)
    if name and not best.called and not best.holds:
        return Picked(part=asked, name=name, notebook=None)
    rivals = sum(each.answers > 0 for each in merits)
    notices = tuple(_said(name, best, notebooks)) if rivals > 1 or (name and not best.called) else ()
    return Picked(part=asked, name=name, notebook=best.notebook, notices=notices)


def _said(name: str, best: _Merit, notebooks: Sequence[Notebook]) -> Iterator[Message]:
    files, file = counted(len(notebooks), "notebook"), in_cell(best.notebook.name, most=_LONGEST)
    if name:
        yield say("counts_as_notebook", file=file, notebook=name, files=files)
    else:
        yield say("answers_most_of_all", file=file, files=files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merit:
    """What speaks for a notebook: the exercises it answers, those it holds, be it as they were handed out, its name."""

    notebook: Notebook
    answers: int
    holds: int
    called: int

    @classmethod
    def of(cls, notebook: Notebook, name: str, asked: Assignment) -> _Merit:
        answers, holds = answered(notebook, asked)
        prompts = sum(answer_below(notebook, each.prompt) is not None for each in asked.to_mark)
        called = _called(notebook.name.casefold(), (name or asked.id).casefold())
        return cls(notebook=notebook, answers=answers, holds=holds + prompts, called=called)

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.answers, self.called, self.holds


def _called(file: str, name: str) -> int:
    """2 for the name itself, 1 for one that bears it among others, as copies and downloads of platforms do."""
    if file == name:
        return 2
    return int(re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", file) is not None)
