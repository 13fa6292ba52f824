"""How an edit changes a script: `was` becomes `becomes`. Text and syntax only; nothing here is executed."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.course.assignment import Data


class Edit(Data):
    """`was`, which occurs once, becomes `becomes`. Lines after the first are indented as the first one is."""

    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    indent: str


@dataclass(frozen=True)
class Script:
    """A script of the course; `name` says where it stands, as a path or an entry of a file."""

    name: str
    source: str

    @property
    def file(self) -> str:
        """Its name without the folders."""
        return self.name.rpartition("/")[2]

    @cached_property
    def imports(self) -> str:
        """Its import statements, each on lines of its own. Raises ValueError if it is no Python."""
        found = (each for each in self._statements if isinstance(each, ast.Import | ast.ImportFrom))
        return "".join(f"{ast.get_source_segment(self.source, each)}\n" for each in found)

    @property
    def fault(self) -> str | None:
        """Why it is no Python; None if it is."""
        try:
            _ = self._statements
        except ValueError as error:
            return str(error)
        return None

    def edited(self, edits: Sequence[Edit], target: str) -> str:
        """The text after all of them, each looked for in the text as it stands: in what binds `target`, else anywhere.

        Raises ValueError for what does not occur, or more than once, or in another edit.
        """
        for edit in edits:
            if not edit.was.strip():
                raise ValueError("`was` is empty. Copy from the script what is to be changed")
            if edit.was.strip("\n") == edit.becomes.strip("\n"):
                raise ValueError(f"the edit of {_quoted(edit.was)} changes nothing")
        places = [(self._only_place(edit.was.strip("\n"), target), edit) for edit in edits]
        text, before = self.source, len(self.source)
        for place, edit in sorted(places, key=lambda each: each[0].start, reverse=True):
            if place.end > before:
                raise ValueError(f"{_quoted(edit.was)} and the edit after it overlap. Make one edit of the two")
            first, *rest = textwrap.dedent(edit.becomes.strip("\n")).split("\n")
            text = text[: place.start] + "\n".join([first, *_indented(rest, place.indent)]) + text[place.end :]
            before = place.start
        return text

    @cached_property
    def _statements(self) -> Sequence[ast.stmt]:
        try:
            return ast.parse(self.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ValueError(f"{self.file} cannot be read as Python ({error}). Correct it") from error

    def _only_place(self, was: str, target: str) -> _Place:
        start, end = self._answer(target)
        found = list(self._places(was, start, end)) or list(self._places(was, 0, len(self.source)))
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValueError(f"{_quoted(was)} does not occur in {self.file}. Copy it from there as it is written")
        lines = ", ".join(dict.fromkeys(str(self.source.count("\n", 0, place.start) + 1) for place in found))
        raise ValueError(
            f"{_quoted(was)} occurs {len(found)} times in {self.file}, in lines {lines}. "
            "Take more of the line, or of the lines around it"
        )

    def _places(self, was: str, start: int, end: int) -> Iterator[_Place]:
        first, *rest = textwrap.dedent(was).split("\n")
        at = self.source.find(first, start, end)
        while at != -1:
            line = self.source[self.source.rfind("\n", 0, at) + 1 : at]
            indent = line[: len(line) - len(line.lstrip())]
            whole = "\n".join([first, *_indented(rest, indent)])
            if self.source.startswith(whole, at):
                yield _Place(start=at, end=at + len(whole), indent=indent)
            at = self.source.find(first, at + 1, end)

    def _answer(self, target: str) -> tuple[int, int]:
        """Where the last statement that binds the target begins and ends; nowhere if none does so by itself."""
        for each in reversed(self._statements):
            if target in _bound(each):
                lines = self.source.splitlines(keepends=True)
                first = min([each.lineno, *(d.lineno for d in getattr(each, "decorator_list", ()))])
                return sum(map(len, lines[: first - 1])), sum(map(len, lines[: each.end_lineno]))
        return 0, 0


def _bound(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def _indented(lines: Sequence[str], indent: str) -> Iterator[str]:
    return (indent + line if line.strip() else line for line in lines)


def _quoted(text: str) -> str:
    first, *rest = text.strip("\n").split("\n")
    return f"`{first} ...`" if rest else f"`{first}`"
