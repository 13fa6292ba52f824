"""The files of an assignment that comes over, by their paths in the course. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from grader.authoring.filling import filled
from grader.authoring.importing.exercises import Brought, Planned, plain
from grader.authoring.importing.offered import offered
from grader.authoring.importing.pieces import Answer, Given, Manual, Prose, Source, Tests
from grader.authoring.notebooks import NewCell, imports_in, made
from grader.course.folder import UNFINISHED

#: runtimes by the library that asks for one
_RUNTIMES: Final = {"tensorflow": "tensorflow", "keras": "tensorflow", "torch": "torch", "sympy": "sympy"}
#: packages of other graders, without which everything runs, and one that has a stand-in
_OF_GRADERS: Final = frozenset({"client", "gofer", "nbgrader", "nose", "otter", "__main__"})
#: libraries beside a runtime that would cost a room most of a second, so that its zygote loads them
_USES: Final = ("pandas", "scipy", "seaborn", "sklearn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A check as `assignment.py` names it: the texts of its cell and its setup are files of these names."""

    check: Brought
    cell: str
    setup: str

    @property
    def kind(self) -> str:
        """What of `grader.lab` makes the cell."""
        return "session" if self.check.case.form == "examples" else "cell"


def files_of(
    id: str, title: str, peer: str, sources: Mapping[str, Source], planned: Planned, given: Mapping[str, bytes]
) -> dict[str, bytes]:
    """All files of the assignment, by its notebooks; `given` are those that lay beside them."""
    home, answers = f"assignments/{id}", f"reference/{id}"
    texts = _Texts()
    exercises = [(each, [texts.row(check) for check in each.checks], offered(each)) for each in planned.exercises]
    total = sum(check.points for each in planned.exercises for check in each.checks)
    blanks: dict[str, object] = {
        "id": id,
        "title": title,
        "peer": peer,
        "exercises": exercises,
        "total": total,
        "runtime": _runtime(sources.values()),
        "uses": _uses(sources.values()),
        "factor": planned.factor,
        "lost": planned.lost,
        "to_mark": planned.to_mark,
    }
    return {
        f"{home}/assignment.py": filled("imported.py.jinja", **blanks).encode(),
        **{f"{home}/{path}": data for path, data in _notebooks(sources, planned)},
        f"{home}/README.md": filled("imported.md.jinja", **blanks).encode(),
        f"{answers}/solution.py": _solution(title, sources.values()).encode(),
        **{f"{answers}/tests/{name}": text.encode() for name, text in texts.files.items()},
        **{f"{home}/files/{name}": data for name, data in given.items()},
    }


def _notebooks(sources: Mapping[str, Source], planned: Planned) -> Iterator[tuple[str, bytes]]:
    """What students begin with, and what is finished; each in a folder where they are several."""
    for name, source in sources.items():
        refused = frozenset(each.name for each in planned.lost if each.notebook == name)
        for kind, finished in (("starter", False), ("sample", True)):
            path = f"{kind}/{name}.ipynb" if name else f"{kind}.ipynb"
            yield path, made(list(_cells(source, refused, finished=finished)))


class _Texts:
    """The files of cells, and of setups, of which each is kept once."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self._setups: dict[str, str] = {}

    def row(self, check: Brought) -> Row:
        ending = ".txt" if check.case.form == "examples" else ".py"
        self.files[f"{check.id}{ending}"] = f"{check.case.source.rstrip()}\n"
        return Row(check=check, cell=check.id, setup=self._setup(check.setup))

    def _setup(self, text: str) -> str:
        if not text:
            return ""
        if text not in self._setups:
            self._setups[text] = f"_setup_{len(self._setups) + 1}"  # as no check is called
            self.files[f"{self._setups[text]}.py"] = f"{text}\n"
        return self._setups[text]


def _cells(source: Source, refused: frozenset[str], *, finished: bool) -> Iterator[NewCell]:
    """The notebook of students, or the finished one; without tests that are `refused`, which would only confuse."""
    for piece in source.pieces:
        match piece:
            case Prose(source=text):
                yield NewCell(kind="markdown", source=text)
            case Given(source=text) if text:
                yield NewCell(kind="code", source=text)
            case Tests(shown=text, cases=cases) if text and not refused.issuperset(case.name for case in cases):
                yield NewCell(kind="code", source=text)
            case Answer(solution=solution, starter=starter):
                yield NewCell(kind="code", source=solution if finished else starter)
            case Manual(starter=starter, is_task=True):
                yield NewCell(kind="markdown", source=starter)
                yield NewCell(kind="markdown", source="YOUR ANSWER HERE")
            case Manual(solution=solution, starter=starter, code=code):
                yield NewCell(kind="code" if code else "markdown", source=solution if finished else starter)
            case _:
                pass


def _solution(title: str, sources: Collection[Source]) -> str:
    code: list[str] = []
    for piece in (each for source in sources for each in source.pieces):
        match piece:
            case Given(source=text) | Answer(solution=text):
                code.append(plain(text).strip())
            case _:
                pass
    head = f"# {' '.join(title.split())}: the reference solution."  # a docstring would read what is in it
    if not all(source.solved for source in sources):
        head += f"\n\n# {UNFINISHED}: what was imported holds no solutions; answer the exercises here"
    return "\n\n\n".join([head, *filter(None, code)]) + "\n"


def packages_missing(sources: Collection[Source], given: Collection[str]) -> tuple[str, ...]:
    """What these notebooks import that neither is installed here nor lies beside them, sorted. Nothing is loaded."""
    beside = {name.partition("/")[0].removesuffix(".py") for name in given}
    wanted = set(imports_in(_solution("", sources))) - beside - _OF_GRADERS
    return tuple(sorted(name for name in wanted if name.isidentifier() and find_spec(name) is None))


def _runtime(sources: Collection[Source]) -> str:
    found = {_RUNTIMES[name] for name in imports_in(_solution("", sources)) if name in _RUNTIMES}
    return next((each for each in ("tensorflow", "torch", "sympy") if each in found), "")


def _uses(sources: Collection[Source]) -> tuple[str, ...]:
    imported = frozenset(imports_in(_solution("", sources)))
    return tuple(name for name in _USES if name in imported)
