"""`assignments/totals.toml`: how the assignments of a course become one grade, as its staff write it.

What is wrong with the file says where, all at once, and what is allowed there; then nothing of it counts.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from grader.course.text_files import tables_of, text_of
from grader.errors import CourseError
from grader.messages import Message, literal, say
from grader.policy.totals import Group, Totals

NAME: Final = "totals.toml"


def totals_in(path: Path) -> Totals:
    """The rule in a file. Raises CourseError: file, line, field, what to write."""
    return totals_of(text_of(path), path)


def totals_of(text: str, path: Path, *, known: Collection[str] | None = None) -> Totals:
    """The rule in the text of the file at `path`. `known`: ids of the assignments there are. Raises CourseError as
    above."""
    tables_of(text, path)  # refuses what is no TOML, or takes long to read
    try:
        rule = Totals.model_validate(tomllib.loads(text, parse_float=Decimal))
    except ValidationError as error:
        raise CourseError(say("totals_wrong", file=str(path)), *_explained(error, text)) from error
    if faults := list(_faults(rule, text, known)):
        raise CourseError(say("totals_wrong", file=str(path)), *faults)
    return rule


def _faults(rule: Totals, text: str, known: Collection[str] | None) -> Iterator[Message]:
    """What no single field tells."""
    if not rule.group:
        yield say("totals_no_group")
    for number, each in enumerate(rule.group):
        at = _where(text, ("group", number, "assignments"))
        if not each.assignments:
            yield say("totals_empty_group", where=at, group=each.name)
        for name in sorted(each.weights.keys() - set(each.assignments)):
            yield say(
                "totals_not_in_group", where=_where(text, ("group", number, "weights")), group=each.name, name=name
            )
    named = Counter([*(name for each in rule.group for name in each.assignments), *rule.bonus])
    for name in (name for name, times in named.items() if times > 1):
        yield say("totals_twice", name=name)
    for name, times in Counter(each.name for each in rule.group).items():
        if times > 1:
            yield say("totals_group_twice", group=name)
    for least, times in Counter(rule.letters.values()).items():
        if times > 1:
            yield say("totals_letters_alike", percent=str(least))
    if known is not None:
        for name in (name for name in named if name not in known):
            yield say("totals_unknown", name=name, known=", ".join(sorted(known)))


def _explained(error: ValidationError, text: str) -> Iterator[Message]:
    for fault in error.errors(include_url=False):
        at = fault["loc"]
        field = ".".join(str(each + 1) if isinstance(each, int) else each for each in at)
        match fault["type"]:
            case "extra_forbidden":
                yield say("totals_no_field", where=_where(text, at), field=field, known=", ".join(_known(at)))
            case "missing":
                yield say("totals_missing", where=_where(text, at[:-1]), field=field)
            case _:
                value = str(fault["input"])[:80]
                yield say("totals_value", where=_where(text, at), field=field, value=value, why=literal(fault["msg"]))


def _known(at: tuple[int | str, ...]) -> Iterator[str]:
    kind: type[BaseModel] = Group if at[0] == "group" else Totals
    yield from kind.model_fields


def _where(text: str, at: tuple[int | str, ...]) -> int:
    """The number of the line that this field stands in, else of its table; 1 where it cannot be found."""
    found, groups = 1, -1
    table: tuple[str, ...] = ("",)
    wanted = [each for each in at if isinstance(each, str)]
    number = next((each for each in at if isinstance(each, int)), None) if at and at[0] == "group" else None
    for line, content in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[?\s*([\w.\-\"']+)\s*\]", content):
            table = tuple(part.strip("\"'") for part in header[1].split("."))
            groups += content.lstrip().startswith("[[") and table == ("group",)
            here = number is None or groups == number
            found = line if here and table == tuple(wanted[: len(table)]) else found
        elif table[0] in ("", *wanted[:1]) and (number is None or groups == number):
            above = [] if table == ("",) else list(table)
            key = re.match(r"""\s*["']?([\w.-]+)["']?\s*=""", content)
            if key and [*above, *key[1].split(".")] == wanted[: len(above) + len(key[1].split("."))]:
                found = line
    return found
