"""`opening.toml` beside an `assignment.py`: the terms that an author proposes for the opening of the assignment.

Instructors take them over or state others; what is wrong with the file says where, and what is allowed there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from grader.course.text_files import tables_of, text_of
from grader.errors import CourseError
from grader.messages import english
from grader.policy.spans import Unit, read_span
from grader.policy.terms import Terms, faults

NAME: Final = "opening.toml"
ZONE: Final = "timezone"
#: spans, as an author states them, and the field that holds their seconds
SPANS: Final = {"grace": "grace_seconds", "cool_down": "cool_down_seconds"}


def read_terms(folder: Path) -> Terms | None:
    """The terms in the folder of an assignment; None if there is no such file. Raises CourseError: file, line, field,
    what is allowed."""
    path = folder / NAME
    return terms_in(path) if path.exists() else None


def terms_in(path: Path, *, besides: Collection[str] = ()) -> Terms:
    """The terms in a file of that form; what stands there `besides` is somebody else's. Raises CourseError as above."""
    text = text_of(path)
    said = {name: value for name, value in tables_of(text, path).items() if name not in besides}
    zone = _zone(path, text, said.pop(ZONE, None))
    dated = _in_seconds(path, text, _dated(path, text, said, zone))
    try:
        terms = Terms.model_validate(dated)
    except ValidationError as error:
        raise CourseError(f"{path}: these are no terms of an opening.", *_explained(error, text)) from error
    if found := [english(each) for each in faults(terms)]:
        raise CourseError(f"{path}: these terms do not fit together.", *(f"  {each}" for each in found))
    return terms


def _zone(path: Path, text: str, name: object) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError) as error:  # no such zone, or no name of one
        where = _line(text, (ZONE,))
        raise CourseError(
            f'{path}{where}: {ZONE} is {name!r}, which is no time zone. Use a name such as "Europe/Berlin".'
        ) from error


def _in_seconds(path: Path, text: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The same, with spans as the terms hold them."""
    terms = dict(said)
    for name in SPANS.keys() & terms.keys():
        where, value = f"{path}{_line(text, (name,))}: {name}", terms.pop(name)
        if SPANS[name] in terms:
            raise CourseError(f"{where} and {SPANS[name]} both stand here. Keep one of them.")
        try:
            terms[SPANS[name]] = read_span(str(value)).seconds
        except ValueError as error:
            units = ", ".join(Unit)
            raise CourseError(
                f'{where} is {value!r}. Write a whole number of {units} in quotes, as in "10 minutes".'
            ) from error
    return terms


def _dated(path: Path, text: str, said: Mapping[str, Any], zone: ZoneInfo | None, *above: str) -> dict[str, Any]:
    """The same, with every moment in its zone."""
    return {key: _moment(path, text, value, zone, (*above, key)) for key, value in said.items()}


def _moment(path: Path, text: str, value: Any, zone: ZoneInfo | None, at: tuple[str, ...]) -> Any:
    match value:
        case dict():
            return _dated(path, text, value, zone, *at)
        case datetime() if value.tzinfo is None and zone is not None:
            return value.replace(tzinfo=zone)
        case datetime() if value.tzinfo is None:
            raise CourseError(
                f"{path}{_line(text, at)}: {'.'.join(at)} has no time zone. Write its offset, as in "
                f'{value.isoformat()}+01:00, or above all else {ZONE} = "Europe/Berlin".'
            )
        case date() | time() if not isinstance(value, datetime):
            raise CourseError(
                f"{path}{_line(text, at)}: {'.'.join(at)} is {value}, which is no moment. Write date and time, "
                "as in 2027-03-01T18:00:00."
            )
        case _:
            return value


def _explained(error: ValidationError, text: str) -> Iterator[str]:
    for fault in error.errors(include_url=False):
        at = tuple(map(str, fault["loc"]))
        field = ".".join(at)
        match fault["type"]:
            case "extra_forbidden":
                known = ", ".join(_known(at[:-1]))
                yield f"  {field}{_line(text, at)}: there is no such field. There are: {known}."
            case "missing":
                yield f"  {field}{_line(text, at[:-1])}: is missing. Add it."
            case _:
                yield f"  {field}{_line(text, at)}: {fault['msg']}, not {fault['input']!r}."


def _known(above: tuple[str, ...]) -> Iterator[str]:
    """The fields that there are below that one."""
    kind: Any = Terms
    for name in above:
        inner = [each for each in _kinds(kind.model_fields[name].annotation) if hasattr(each, "model_fields")]
        kind = inner[0]
    yield from ([] if above else [ZONE, *SPANS])
    yield from kind.model_fields


def _kinds(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", None) or (annotation,)


def _line(text: str, at: tuple[str, ...]) -> str:
    """Where a field stands, in words; TOML's reader does not tell. Nothing where it cannot be found."""
    *tables, field = at or ("",)
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([\w.]+)\]", line):
            table = header[1]
            if table == ".".join(at):
                return f", line {number}"
        elif table == ".".join(tables) and re.match(rf"""\s*["']?{re.escape(field)}["']?\s*=""", line):
            return f", line {number}"
    return ""
