"""Listing a folder of submissions. Links are not followed, and of all files only zips are opened, for their lists."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from grader.classes.intake.directory import INSTEAD
from grader.classes.intake.found import (
    CHECKPOINTS,
    OUTPUT_REPORTS,
    FileKind,
    Found,
    is_output,
    is_zip,
    kind_of,
    passed_over,
    written,
)
from grader.classes.intake.zips import Shelf, list_zip, or_empty
from grader.errors import UnreadableSubmission
from grader.limits import IntakeLimits
from grader.messages import joined, say

_HANDED_IN: Final = (FileKind.NOTEBOOK, FileKind.SCRIPT, FileKind.REFUSED)
_LINK: Final = joined(say("no_link_followed"), INSTEAD)


def list_folder(folder: Path, limits: IntakeLimits) -> Iterator[Found]:
    """What lies below `folder`, in the order of names. Raises OSError if the folder itself cannot be listed."""
    yield from _below(folder, (), written(folder.name) or written(folder), limits, Counter())


def _below(
    folder: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        names = {entry.name: entry for entry in entries}
    found = _listed(names, parts, where, limits, zips)
    if parts:
        found = chain([Found(kind=FileKind.FOLDER, parts=parts, where=where, path=folder)], found)
    if is_output(names):
        found = _without_ours(list(found), parts)
    yield from found


def _without_ours(found: Sequence[Found], parts: tuple[str, ...]) -> Iterator[Found]:
    """What lies in a folder that `grade --out` wrote to: nothing is lost if somebody handed in there as well."""
    for ours in (parts, (*parts, OUTPUT_REPORTS)):
        within = [each for each in found if each.parts[: len(ours)] == ours]
        if ours and within and not any(each.kind in _HANDED_IN for each in within):
            yield replace(within[0], kind=FileKind.OUTPUT)
            found = [each for each in found if each not in within]
    yield from found


def _listed(
    names: Mapping[str, os.DirEntry[str]],
    parts: tuple[str, ...],
    where: str,
    limits: IntakeLimits,
    zips: Counter[str],
) -> Iterator[Found]:
    others = 0
    for name in sorted(names):
        if passed_over(name):
            if parts and name == CHECKPOINTS:  # tells that the folder is not empty, and no more
                yield Found(
                    kind=FileKind.OTHER, parts=(*parts, name), where=f"{where}/{name}", path=Path(names[name].path)
                )
            continue
        for found in _entry(names[name], (*parts, written(name)), f"{where}/{written(name)}", limits, zips):
            others += found.kind is FileKind.OTHER
            # One other file tells that a student's folder is not empty; thousands tell no more.
            if found.kind is not FileKind.OTHER or others == 1 or not parts or found.packed:
                yield found


def _entry(
    entry: os.DirEntry[str], parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    path = Path(entry.path)
    if entry.is_symlink():
        yield Found(kind=FileKind.REFUSED, parts=parts, where=where, path=path, reason=_LINK)
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder_within(path, parts, where, limits, zips)
    elif not entry.is_file(follow_symlinks=False):
        reason = joined(say("is_not_regular"), INSTEAD)
        yield Found(kind=FileKind.REFUSED, parts=parts, where=where, path=path, reason=reason)
    elif is_zip(entry.name):
        zips[parts[0]] += 1
        yield from _zip_within(path, parts, where, limits, too_many=zips[parts[0]] > limits.student_zips)
    else:
        yield Found(kind=kind_of(entry.name), parts=parts, where=where, path=path)


def _folder_within(
    path: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, zips: Counter[str]
) -> Iterator[Found]:
    if len(parts) > limits.depth:
        reason = joined(say("lies_too_deep", most=limits.depth), INSTEAD)
        yield Found(kind=FileKind.REFUSED, parts=parts, where=where, path=path, reason=reason)
        return
    try:
        yield from _below(path, parts, where, limits, zips)
    except OSError as error:
        reason = joined(say("folder_unreadable", reason=str(error.strerror)), say("give_permission"))
        yield Found(kind=FileKind.REFUSED, parts=parts, where=where, path=path, reason=reason)


def _zip_within(
    path: Path, parts: tuple[str, ...], where: str, limits: IntakeLimits, *, too_many: bool
) -> Iterator[Found]:
    reason = joined(say("too_many_zips", most=limits.student_zips), INSTEAD)
    if not too_many:
        shell = Found(kind=FileKind.FOLDER, parts=parts, where=where, path=path)
        yield shell
        try:
            yield from or_empty(list_zip(Shelf(path=path, where=where, parts=parts), limits), shell)
        except UnreadableSubmission as error:
            reason = error.message
        else:
            return
    yield Found(kind=FileKind.REFUSED, parts=parts, where=where, path=path, reason=reason)
