"""The layout of Gradescope's "export submissions": `submission_456/x.ipynb`, and who is who in one YAML file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from grader.classes.intake import Student
from grader.classes.intake.claims import UNDATED, Claim, Layout, Question, Tree
from grader.classes.intake.contents import bytes_at
from grader.classes.intake.found import FileKind, Found
from grader.classes.intake.moments import moment
from grader.classes.intake.plain import claim as plain_claim
from grader.errors import UnreadableSubmission
from grader.messages import say

METADATA: Final = "submission_metadata.yml"
_FOLDER: Final = re.compile(r"submission_\d+")
_ENTRIES: Final = re.compile(r"^(?=[^\s#])", re.MULTILINE)  # nothing of an entry but its key begins a line
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One submission in the metadata: by whom (several in a group), and when."""

    by: tuple[Student, ...]
    created: tuple[float, ...] = UNDATED


def read_metadata(text: str) -> dict[str, Submitted]:
    """The submissions by their folder. Each entry is read by itself: damage to one costs no other, and of thousands
    nothing is held but what is asked for. Scalars stay text, since an id may begin with 0, and tags mean nothing."""
    loaded = (_loaded(entry) for entry in _ENTRIES.split(text))
    return {
        folder: _submitted(fields)
        for entry in loaded
        if isinstance(entry, dict)
        for folder, fields in entry.items()
        if isinstance(fields, dict)
    }


def _loaded(entry: str) -> object:
    try:
        return yaml.load(entry, Loader=_LOADER)  # noqa: S506  # it makes text, lists and dictionaries only
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None


def _submitted(fields: dict[str, object]) -> Submitted:
    people, created = _under(fields, "submitters"), _under(fields, "created_at")
    students = [_student(person) for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    return Submitted(
        by=tuple(student for student in students if student),
        created=moment(created) if isinstance(created, str) else UNDATED,
    )


def _student(person: dict[str, object]) -> Student | None:
    name, email, number = (_text(_under(person, key)) for key in ("name", "email", "sid"))
    known_as = number or email or name
    return Student(id=known_as, name=name, email=email) if known_as else None


def _under(fields: dict[str, object], key: str) -> object:
    """Keys are Ruby's symbols, which YAML writes with a colon before them."""
    return fields.get(f":{key}", fields.get(key))


def _text(value: object) -> str:
    return value if isinstance(value, str) and value not in ("~", "null") else ""


def _recognises(tree: Tree) -> bool:
    return any(_FOLDER.fullmatch(found.parts[0]) for found in tree.found if len(found.parts) > 1)


def _claims(question: Question) -> Iterator[Claim]:
    known = _metadata(question)
    for found in question.tree.found:
        folder = found.parts[0] if found.parts else ""
        if folder in known:
            yield from (_claim(found, student, known[folder]) for student in known[folder].by)
        elif made := plain_claim(found):
            yield made


def _metadata(question: Question) -> dict[str, Submitted]:
    """Who is who; without it, or where it is damaged, folders keep their own names."""
    file = next((f for f in question.tree.found if f.parts == (METADATA,) and f.kind is FileKind.RECORD), None)
    if file is None:
        return {}
    try:
        text = bytes_at(file.path, file.packed, question.record_bytes).decode("utf-8-sig", "replace")
    except UnreadableSubmission:
        return {}
    return {folder: submitted for folder, submitted in read_metadata(text).items() if submitted.by}


def _claim(found: Found, student: Student, submitted: Submitted) -> Claim:
    return Claim(
        found=found,
        student=student,
        identities=tuple(key for key in (student.id, student.email) if key),
        names=(student.name,) if student.name else (),
        age=submitted.created,
        because=say("platform_got_it_later", platform="Gradescope"),
    )


GRADESCOPE = Layout(name="Gradescope", recognises=_recognises, claims=_claims)
