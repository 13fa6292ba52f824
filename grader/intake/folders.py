"""Listing a folder of submissions. Links are not followed, and of all files only zips are opened, for their lists."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.errors import UnreadableSubmission
from grader.intake.found import OUTPUT_MARKS, Found, Kind, is_zip, kind_of, passed_over, written
from grader.intake.zips import INSTEAD, Shelf, list_zip
from grader.limits import IntakeLimits

_LINK: Final = f"It is a link, and links are not followed. {INSTEAD}"


def list_folder(folder: Path, limits: IntakeLimits) -> Iterator[Found]:
    """What lies below `folder`, in the order of names. Raises OSError if the folder itself cannot be listed."""
    yield from _below(folder, (), written(folder.name) or written(folder), limits, Counter())


def _below(
    folder: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        names = {entry.name: entry for entry in entries}
    if parts and OUTPUT_MARKS & names.keys() and not any(kind_of(name) is Kind.NOTEBOOK for name in names):
        return
    if parts:
        yield Found(kind=Kind.FOLDER, parts=parts, where=where, path=folder)
    others = 0
    for name in sorted(names):
        if passed_over(name):
            continue
        for found in _entry(names[name], (*parts, written(name)), f"{where}/{written(name)}", limits, zips):
            others += found.kind is Kind.OTHER
            # One other file tells that a student's folder is not empty; thousands tell no more.
            if found.kind is not Kind.OTHER or others == 1 or not parts or found.packed:
                yield found


def _entry(
    entry: os.DirEntry[str], parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    path = Path(entry.path)
    if entry.is_symlink():
        yield Found(kind=Kind.REFUSED, parts=parts, where=where, path=path, reason=_LINK)
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder_within(path, parts, where, limits, zips)
    elif not entry.is_file(follow_symlinks=False):
        reason = f"It is not a regular file. {INSTEAD}"
        yield Found(kind=Kind.REFUSED, parts=parts, where=where, path=path, reason=reason)
    elif is_zip(entry.name):
        zips[parts[0]] += 1
        yield from _zip_within(path, parts, where, limits, too_many=zips[parts[0]] > limits.student_zips)
    else:
        yield Found(kind=kind_of(entry.name), parts=parts, where=where, path=path)


def _folder_within(
    path: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    if len(parts) > limits.depth:
        return
    try:
        yield from _below(path, parts, where, limits, zips)
    except OSError as error:
        reason = f"The folder cannot be read ({error.strerror}). Give it read permission and run again."
        yield Found(kind=Kind.REFUSED, parts=parts, where=where, path=path, reason=reason)


def _zip_within(
    path: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, *, too_many: bool
) -> Iterator[Found]:
    reason = f"There are more than {limits.student_zips} zips of one student. {INSTEAD}"
    if not too_many:
        yield Found(kind=Kind.FOLDER, parts=parts, where=where, path=path)
        try:
            yield from list_zip(Shelf(path=path, where=where, parts=parts), limits)
        except UnreadableSubmission as error:
            reason = str(error)
        else:
            return
    yield Found(kind=Kind.REFUSED, parts=parts, where=where, path=path, reason=reason)
