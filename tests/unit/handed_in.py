"""Builds what a class hands in: folders and zips from a table of names, and a short way to collect them."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.classes.intake import HandIn, Intake
from grader.classes.intake.collect import collect
from grader.classes.intake.contents import read_bytes
from grader.classes.intake.roster import Roster
from grader.limits import IntakeLimits
from tests.english import spoken

LIMITS = IntakeLimits()
LINK = stat.S_IFLNK | 0o777
OLD, NEW = (2024, 1, 1, 0, 0, 0), (2024, 6, 1, 0, 0, 0)


def folder(root: Path, files: Mapping[str, bytes | None]) -> Path:
    """A folder with these files; None makes an empty folder."""
    for name, data in files.items():
        path = root / name
        (path if data is None else path.parent).mkdir(parents=True, exist_ok=True)
        if data is not None:
            path.write_bytes(data)
    return root


def zipped(
    files: Mapping[str, bytes],
    *,
    dates: Mapping[str, tuple[int, int, int, int, int, int]] | None = None,
    mode: int = stat.S_IFREG | 0o644,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A zip with these members, all of one mode and method."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, (dates or {}).get(name, OLD))
            member.external_attr, member.compress_type = mode << 16, method
            archive.writestr(member, data)
    return buffer.getvalue()


def collected(
    *paths: Path, assignment: str | None = None, roster: Roster | None = None, limits: IntakeLimits = LIMITS
) -> Intake:
    """What `collect` makes of these paths."""
    return collect(paths, assignment=assignment, roster=roster, limits=limits)


def counted_files(intake: Intake) -> dict[str, bytes]:
    """The bytes that would be graded, by student, without scripts that a notebook may run."""
    return {one.student.id: read_bytes(_without_scripts(one), LIMITS.file_bytes) for one in intake.hand_ins}


def _without_scripts(hand_in: HandIn) -> HandIn:
    return replace(hand_in, beside=tuple(each for each in hand_in.beside if not each.name.endswith(".py")))


def reasons(intake: Intake) -> dict[str | None, list[str]]:
    """Why what was set aside, by student."""
    said: dict[str | None, list[str]] = {}
    for aside in intake.set_aside:
        said.setdefault(aside.student, []).append(spoken(aside.reason))
    return said
