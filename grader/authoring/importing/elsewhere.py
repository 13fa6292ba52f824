"""Sources that hold nothing to bring over, but are known: whose they are, and what to do instead.

They are told by the names of their files alone; no line of them is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

_BY_HAND: Final = (
    'Else begin an assignment with `grader new`, and put its asserts into `cell(...)`; see "Cells of asserts" in '
    "assignments/README.md"
)
#: names that are looked at, of a folder however large
MOST_NAMES: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A kind of source: whether these paths are of one, and what is said of it."""

    knows: Callable[[Sequence[PurePosixPath]], bool]
    says: str


def _holds(*names: str) -> Callable[[Sequence[PurePosixPath]], bool]:
    return lambda paths: any(path.name in names for path in paths)


def _ends(*endings: str) -> Callable[[Sequence[PurePosixPath]], bool]:
    return lambda paths: any(path.suffix.lower() in endings for path in paths)


#: whose notebooks, if there are some, hold no tests; the first that knows a source counts
GRADERS: Final = (
    Elsewhere(
        knows=_holds("run_autograder", "autograder.zip"),
        says="is an autograder of Gradescope: programs, whose verdicts come from the student's process. Import the "
        f"notebook of otter or nbgrader that it was made from. {_BY_HAND}",
    ),
    Elsewhere(
        knows=_holds("infoCourse.json", "infoCourseInstance.json", "question.html"),
        says=f"is a course of PrairieLearn; its questions are pages and programs. {_BY_HAND}",
    ),
    Elsewhere(
        knows=lambda paths: any("asnlib" in path.parts or path.name == "grade.sh" for path in paths),
        says="is an assignment of Vocareum; its tests are scripts of that site. If its notebook was written with "
        f"nbgrader, import that notebook. {_BY_HAND}",
    ),
    Elsewhere(
        knows=_holds("autograding.json", "classroom.yml"),
        says=f"is an assignment of GitHub Classroom; its tests are commands. {_BY_HAND}",
    ),
)
#: what is no notebook
OTHERS: Final = (
    Elsewhere(
        knows=lambda paths: any("submitted" in path.parts for path in paths),
        says="holds what students handed in, and no source. Import the course's `source/`; then "
        "`grade SUBMITTED --course COURSE --assignment ID` grades this",
    ),
    Elsewhere(
        knows=_ends(".rmd", ".qmd"),
        says="is written in R Markdown or Quarto. Notebooks of Python come over: for a `.qmd` with Python in it, write "
        "one with `quarto convert`",
    ),
    Elsewhere(
        knows=_ends(".py", ".md"),
        says="holds scripts or texts, and no notebook. If Jupytext pairs them, write the notebook with "
        f"`jupytext --to ipynb FILE` and import that. {_BY_HAND}",
    ),
)


def known_elsewhere(source: Path) -> str:
    """What is to be said of a file or folder that holds nothing to bring over; empty if nothing of it is known."""
    paths = _names(source)
    if said := _first(GRADERS, paths):
        return said
    if source.is_file() and source.suffix == ".zip":
        return "is a zip. Unpack it, and import its folder"
    return _first(OTHERS, paths)


def graded_elsewhere(folder: Path) -> str:
    """Whose a folder is, notebooks or not, and what to do; empty if nothing of it is known."""
    return _first(GRADERS, _names(folder))


def _first(kinds: Sequence[Elsewhere], paths: Sequence[PurePosixPath]) -> str:
    return next((each.says for each in kinds if each.knows(paths)), "")


def _names(source: Path) -> list[PurePosixPath]:
    if source.is_file():
        try:
            with zipfile.ZipFile(source) as packed:
                return [PurePosixPath(each) for each in packed.namelist()[:MOST_NAMES]]
        except (OSError, zipfile.BadZipFile):
            return [PurePosixPath(source.name)]
    found = (path for path, _ in zip(source.rglob("*"), range(MOST_NAMES), strict=False))
    return sorted(PurePosixPath(path.relative_to(source).as_posix()) for path in found)
