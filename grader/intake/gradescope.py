"""The layout of Gradescope's "export submissions": `submission_456/x.ipynb`, and who is who in one YAML file.

Of that file, written by a program and always alike, a few lines of two depths are understood; it is no YAML reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from grader.errors import UnreadableSubmission
from grader.intake import Student
from grader.intake.claims import UNDATED, Claim, Layout, Question, Tree
from grader.intake.contents import bytes_at
from grader.intake.found import Found, Kind
from grader.intake.moments import moment
from grader.intake.plain import claim as plain_claim
from grader.wording import say

METADATA: Final = "submission_metadata.yml"
_FOLDER: Final = re.compile(r"submission_\d+")
_SUBMISSION: Final = re.compile(r"([\"']?)(submission_\w+)\1:\s*")
_FIELD: Final = re.compile(r"(?P<depth> +(?:- +)?):?(?P<key>\w+):(?: +(?P<value>.*))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One submission in the metadata: by whom (several in a group), and when."""

    by: tuple[Student, ...]
    created: tuple[float, ...] = UNDATED


def read_metadata(text: str) -> dict[str, Submitted]:
    """The submissions by their folder. Lines that are not understood are passed over."""
    read: dict[str, list[re.Match[str]]] = {}
    lines: list[re.Match[str]] = []
    for line in text.splitlines():
        if start := _SUBMISSION.fullmatch(line):
            lines = read.setdefault(start[2], [])
        elif match := _FIELD.fullmatch(line):
            lines.append(match)
    return {folder: _submitted(lines) for folder, lines in read.items()}


def _submitted(lines: list[re.Match[str]]) -> Submitted:
    people: list[dict[str, str]] = []
    created, section = UNDATED, ""
    for match in lines:
        key, value = match["key"], _value(match["value"] or "")
        if match["depth"].strip() == "" and len(match["depth"]) <= 2:
            section = key
            if key == "created_at":
                created = moment(value)
        elif section == "submitters":
            if "-" in match["depth"]:
                people.append({})
            if people:
                people[-1].setdefault(key, value)
    return Submitted(by=tuple(student for person in people if (student := _student(person))), created=created)


def _student(person: dict[str, str]) -> Student | None:
    name, email = person.get("name", ""), person.get("email", "")
    known_as = person.get("sid") or email or name
    return Student(id=known_as, name=name, email=email) if known_as else None


def _value(text: str) -> str:
    text = text.strip()
    if text in ("", "~", "null"):
        return ""
    if text[0] == "'" == text[-1] and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text[0] == '"' == text[-1] and len(text) > 1:
        try:
            return str(json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text)))
        except ValueError:
            return text[1:-1]
    return text


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
    file = next((f for f in question.tree.found if f.parts == (METADATA,) and f.kind is Kind.RECORD), None)
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
        because=say("gradescope_got_it_later"),
    )


GRADESCOPE = Layout(name="Gradescope", recognises=_recognises, claims=_claims)
