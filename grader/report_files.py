"""The files of an output folder: which are made of each report, and how they are written. What a class makes of them
all together is `classroom.py`'s business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.render import RENDERERS
from grader.report import Report

FOLDER = "reports"
#: the ending of each file that is made of a report, and the name of its renderer
REPORT_FILES: dict[str, str] = {
    ".json": "json",
    ".txt": "text",
}
STORED = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A report as all of its files, by their ending."""

    texts: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What tells these files from others."""
        return _digest((ending, text.encode()) for ending, text in self.texts.items())


class ReportFolder:
    """The folder `reports` below the output folder, with a few files for each submission."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def path_of(self, stem: str) -> str:
        """The report of a submission, as a path below the output folder."""
        return f"{FOLDER}/{stem}{STORED}"

    def write(self, stem: str, made: Pages) -> None:
        """Put a submission's files in their place. Raises UsageError if that cannot be."""
        for ending, text in made.texts.items():
            write_text(self.output / FOLDER / f"{stem}{ending}", text)

    def holds(self, stem: str, report: Report, digest: str | None) -> bool:
        """Whether the files are those of `report`, and as they were written when their digest was noted."""
        found = {ending: _bytes(self.output / FOLDER / f"{stem}{ending}") for ending in REPORT_FILES}
        stored = RENDERERS[REPORT_FILES[STORED]](report).encode()
        return found[STORED] == stored and _digest((e, data or b"") for e, data in found.items()) == digest

    def stored(self, paths: Iterable[str]) -> Iterator[Report]:
        """The reports at these paths, as `path_of` gives them, read one by one."""
        for path in paths:
            yield Report.model_validate_json((self.output / path).read_bytes())


def pages(report: Report) -> Pages:
    """The files that are made of a report."""
    return Pages(texts={ending: RENDERERS[name](report) for ending, name in REPORT_FILES.items()})


def write_text(path: Path, text: str) -> None:
    """Write a file as a whole or not at all; a file that says so already is left alone. Raises UsageError."""
    data = text.encode()
    if _bytes(path) == data:
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}). Make room, or name another folder with --out."
        ) from error


def _bytes(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for ending, data in parts:
        digest.update(f"{ending} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
