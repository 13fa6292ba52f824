"""Reports of version 1, which kept finished English sentences, made readable as version 2: each as a text as it is.

Nothing is read back out of a sentence. What was withheld stood among the notices as well, so it is taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from grader.message import TEXT

Path: TypeAlias = Sequence[str]

#: where version 1 has a sentence; `*` is every item of a list
_OF_REPORT: Final[Sequence[Path]] = tuple(
    path.split()
    for path in (
        "notices *",
        "exercises * message",
        "exercises * notices *",
        "exercises * withheld_notices *",
        "exercises * curve title",
        "exercises * checks * message",
        "exercises * checks * hint",
    )
)
_OF_CLASS: Final[Sequence[Path]] = tuple(
    path.split() for path in ("students * notes *", "troubles * happened", "troubles * to_do")
)


def report_as_version_2(data: Any) -> Any:
    """A report of version 1, parsed from JSON, as one of version 2; whatever else it is, unchanged."""
    if not _is_version_1(data):
        return data
    return _told(_changed(data, ("exercises", "*"), _kept_apart), _OF_REPORT)


def class_as_version_2(data: Any) -> Any:
    """As `report_as_version_2`, for the report of a class."""
    return _told(data, _OF_CLASS) if _is_version_1(data) else data


def _is_version_1(data: Any) -> bool:
    return isinstance(data, dict) and data.get("schema_version") == 1


def _told(data: Any, paths: Sequence[Path]) -> Any:
    for path in paths:
        data = _changed(data, path, _as_text)
    return data | {"schema_version": 2}


def _changed(node: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(node)
    first, rest = path[0], path[1:]
    if first == "*":
        return [_changed(each, rest, change) for each in node] if isinstance(node, list) else node
    return node | {first: _changed(node[first], rest, change)} if isinstance(node, dict) and first in node else node


def _as_text(said: Any) -> Any:
    return {"key": TEXT, "fields": {"text": said}} if isinstance(said, str) else said


def _kept_apart(exercise: Any) -> Any:
    match exercise:
        case {"notices": list(notices), "withheld_notices": list(withheld)}:
            return exercise | {"notices": [each for each in notices if each not in withheld]}
        case _:
            return exercise
