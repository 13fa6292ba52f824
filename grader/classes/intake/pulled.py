"""The layout that `grader pull canvas|moodle` writes: `<who>/<attempt>/x.ipynb`, and who is who in `pulled.json`.

What the platform said stands in that list, so that people keep their names, ids and lateness, and the latest attempt
counts. How it comes to be written is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Question, Tree
from grader.classes.intake.contents import bytes_at
from grader.classes.intake.found import PULLED_LIST, FileKind, Found
from grader.classes.intake.plain import claim as plain_claim
from grader.errors import UnreadableSubmission
from grader.messages import say

_PLATFORMS: Final = {"canvas": "Canvas", "moodle": "Moodle"}
#: what the platforms' own gradebooks call a login and a number
_HEADINGS: Final = {"canvas": ("sis login id", "sis user id"), "moodle": ("username", "idnumber")}


class PulledPerson(BaseModel):
    """A student there: by the platform's id, by what they are `called` here, and the folder of their work."""

    model_config = ConfigDict(frozen=True)

    id: str
    called: str
    folder: str
    name: str = ""
    email: str = ""
    login: str = ""
    number: str = ""


class PulledFile(BaseModel):
    """One file of an attempt, by its place in the folder, and the ids of those whose it is. `at`: seconds."""

    model_config = ConfigDict(frozen=True)

    path: str
    people: tuple[str, ...]
    attempt: int
    at: float = 0.0
    late: bool = False


class Pulled(BaseModel):
    """All of it. `place`: the assignment there."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    platform: Literal["canvas", "moodle"]
    place: str
    people: tuple[PulledPerson, ...] = ()
    files: tuple[PulledFile, ...] = ()


def _recognises(tree: Tree) -> bool:
    return any(_is_list(found) for found in tree.found)


def _is_list(found: Found) -> bool:
    return found.parts == (PULLED_LIST,) and found.kind is FileKind.RECORD


def _claims(question: Question) -> Iterator[Claim]:
    file = next(found for found in question.tree.found if _is_list(found))
    try:
        pulled = Pulled.model_validate_json(bytes_at(file.path, file.packed, question.record_bytes))
    except (UnreadableSubmission, ValidationError):
        yield from filter(None, map(plain_claim, question.tree.found))
        return
    yield from _Reading(pulled, file, question.tree).claims()


class _Reading:
    """A list, and what lies beside it."""

    def __init__(self, pulled: Pulled, file: Found, tree: Tree) -> None:
        self._pulled = pulled
        self._file = file
        self._tree = tree
        self._people = {each.id: each for each in pulled.people}
        self._by_folder = {each.folder: each for each in pulled.people}
        self._files = {tuple(each.path.split("/")): each for each in pulled.files}
        there = {found.parts[:3] for found in tree.found}
        self._missing = [each for parts, each in self._files.items() if parts not in there]

    def claims(self) -> Iterator[Claim]:
        """Everybody of the course; what was not fetched is said, and then none of theirs that is older counts."""
        for person in self._pulled.people:
            yield self._claim(self._instead(FileKind.FOLDER, (person.folder,)), person)
        for file in self._missing:
            lost = self._instead(FileKind.REFUSED, tuple(file.path.split("/")))
            yield from (self._claim(lost, person, file) for person in self._of(file))
        for found in self._tree.found:
            if (told := self._files.get(found.parts[:3])) is not None:
                yield from (self._claim(found, each, told) for each in self._of(told) if not self._waits(each, told))
            elif found.parts and (whose := self._by_folder.get(found.parts[0])):
                yield self._claim(found, whose)
            elif made := plain_claim(found):
                yield made

    def _of(self, file: PulledFile) -> Iterator[PulledPerson]:
        return (self._people[each] for each in file.people if each in self._people)

    def _waits(self, person: PulledPerson, file: PulledFile) -> bool:
        return any(person.id in each.people and _age(each) > _age(file) for each in self._missing)

    def _instead(self, kind: FileKind, parts: tuple[str, ...]) -> Found:
        where = "/".join((self._tree.name, *parts))
        return Found(kind=kind, parts=parts, where=where, path=self._file.path, reason=say("pulled_not_there"))

    def _claim(self, found: Found, person: PulledPerson, file: PulledFile | None = None) -> Claim:
        platform = self._pulled.platform
        login, number = _HEADINGS[platform]
        columns = {f"{platform} user id": person.id, login: person.login, number: person.number}
        return Claim(
            found=found,
            student=Student(id=person.called, name=person.name, email=person.email, columns=columns),
            identities=tuple(filter(None, (person.called, person.number, person.login, person.email))),
            names=tuple(filter(None, (person.name,))),
            age=() if file is None else _age(file),
            because=say("platform_got_it_later", platform=_PLATFORMS[platform]),
            late=file is not None and file.late,
        )


def _age(file: PulledFile) -> tuple[float, ...]:
    return (float(file.attempt), file.at)


PULLED = Layout(name="grader pull", recognises=_recognises, claims=_claims)
