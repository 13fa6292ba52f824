"""Zips that strangers made: what lies in them, and the bytes of one member. Nothing is ever unpacked to disk.

What a zip says about itself is checked before it is believed, and again while its bytes are read.
"""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from grader.classes.intake import Packed
from grader.classes.intake.directory import INSTEAD, Member, members, too_many
from grader.classes.intake.found import FileKind, Found, is_zip, kind_of, passed_over, written
from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, IntakeLimits
from grader.messages import Message, counted, joined, say

_BROKEN: Final = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    struct.error,
    zlib.error,
)
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")  # signature, ..., length of the name, length of the extra field
_METHODS: Final = {0: False, 8: True}  # stored, deflated
_PACKING: Final = 1_000  # bytes that packing may add
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where a zip stands among what was found, and whose limits hold for it: the class's or one student's."""

    path: Path
    where: str
    parts: tuple[str, ...] = ()
    packed: tuple[Packed, ...] = ()
    member: str | None = None
    of_class: bool = False


@dataclass(slots=True)
class _Taken:
    """What the zips within of one student have taken of the limits so far: each may be small, and thousands long."""

    zips: int = 0
    members: int = 0


def list_zip(shelf: Shelf, limits: IntakeLimits) -> Iterator[Found]:
    """What lies in the zip at `shelf.path`. Raises UnreadableSubmission if it cannot be looked into."""
    try:
        if not stat.S_ISREG(shelf.path.stat().st_mode):  # opening a pipe would wait
            raise UnreadableSubmission(joined(say("zip_not_regular"), INSTEAD))
        with shelf.path.open("rb") as file:
            yield from _listed(file, shelf, limits)
    except OSError as error:
        raise UnreadableSubmission(joined(say("zip_unreadable", reason=str(error.strerror)), INSTEAD)) from error


def or_empty(found: Iterator[Found], shell: Found) -> Iterator[Found]:
    """`found`, or one thing that is no notebook: who hands in an empty zip has handed in, in vain."""
    first = next(found, None)
    if first is None:
        yield replace(shell, kind=FileKind.OTHER)
    else:
        yield first
        yield from found


def unpack(file: BinaryIO, packed: Packed, most: int) -> bytes:
    """The bytes of one member, at most `most`. Raises UnreadableSubmission where they are not what the list said."""
    if packed.unpacked_bytes > most:
        raise UnreadableSubmission(_too_large(most))
    if packed.packed_bytes > packed.unpacked_bytes + packed.unpacked_bytes // 100 + _PACKING:
        raise UnreadableSubmission(joined(say("zip_lies"), INSTEAD))  # no packing makes a file larger
    try:
        file.seek(packed.offset)
        signature, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        file.seek(name + extra, io.SEEK_CUR)
        data = file.read(packed.packed_bytes)
        if packed.deflated:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, packed.unpacked_bytes + 1)
    except _BROKEN as error:
        raise UnreadableSubmission(joined(say("zip_unpacks_not"), INSTEAD)) from error
    honest = len(data) == packed.unpacked_bytes and zlib.crc32(data) == packed.checksum
    if signature != b"PK\x03\x04" or not honest:
        raise UnreadableSubmission(joined(say("zip_lies"), INSTEAD))
    return data


def member_parts(name: str) -> tuple[str, ...]:
    """The folders and the file that a member's name speaks of; none if the name leads out of the archive."""
    name = name.replace("\\", "/")
    parts = tuple(written(part) for part in name.split("/") if part not in ("", "."))
    leads_out = name.startswith("/") or ".." in parts or any("\0" in part for part in parts)
    return () if leads_out or (parts and parts[0][1:2] == ":") else parts


def _listed(file: BinaryIO, shelf: Shelf, limits: IntakeLimits) -> Iterator[Found]:
    listed = _members(file, shelf, limits)
    twice = {parts for parts, times in Counter(member_parts(m.name) for m in listed).items() if times > 1}
    taken: defaultdict[str, _Taken] = defaultdict(_Taken)  # by student
    others: set[tuple[str, ...]] = set()  # one other file tells that a folder is not empty; thousands tell no more
    for member in listed:
        parts = member_parts(member.name)
        if any(passed_over(part) for part in parts):
            continue
        found = _found(member, parts, shelf, limits)
        if found.kind in (FileKind.NOTEBOOK, FileKind.SCRIPT) and parts in twice:
            found = _refused(found, joined(say("member_twice"), INSTEAD))
        if found.kind is FileKind.OTHER and is_zip(parts[-1]):
            yield from _inner(file, found, shelf, limits, taken[parts[0] if shelf.of_class else ""])
        elif found.kind is not FileKind.OTHER or len(found.parts) == 1 or found.parts[:-1] not in others:
            others.add(found.parts[:-1])
            yield found


def _members(file: BinaryIO, shelf: Shelf, limits: IntakeLimits) -> list[Member]:
    most = limits.class_members if shelf.of_class else limits.student_members
    listed = members(file, most)
    if sum(member.packed_bytes for member in listed) > file.seek(0, io.SEEK_END):
        raise UnreadableSubmission(joined(say("zip_overlaps"), INSTEAD))
    if not shelf.of_class and sum(member.unpacked_bytes for member in listed) > limits.student_bytes:
        gigabytes = limits.student_bytes / MEGABYTE / 1024
        raise UnreadableSubmission(joined(say("zip_too_large", most=f"{gigabytes:g}"), INSTEAD))
    return listed


def _found(member: Member, parts: tuple[str, ...], shelf: Shelf, limits: IntakeLimits) -> Found:
    packed = Packed(
        offset=member.offset,
        packed_bytes=member.packed_bytes,
        unpacked_bytes=member.unpacked_bytes,
        checksum=member.checksum,
        deflated=_METHODS.get(member.method, False),
    )
    found = Found(
        kind=FileKind.FOLDER if member.is_folder else kind_of(parts[-1] if parts else ""),
        parts=shelf.parts + parts,
        where=f"{'/'.join(parts) or written(member.name)} in {shelf.where}",
        path=shelf.path,
        packed=(*shelf.packed, packed),
        member="/".join(parts if shelf.member is None else (shelf.member, *parts)),
        dated=member.dated,
    )
    if not parts:
        return _refused(found, joined(say("member_leads_out"), INSTEAD))
    if found.kind is FileKind.FOLDER or (found.kind is FileKind.OTHER and not is_zip(parts[-1])):
        return found if stat.S_IFMT(member.mode) != stat.S_IFLNK else _refused(found, _LINK)
    reason = _why_not(member, limits)
    return _refused(found, reason) if reason else found


_LINK: Final = joined(say("no_link_followed"), INSTEAD)


def _why_not(member: Member, limits: IntakeLimits) -> Message | None:
    """Why a notebook or a zip within is not to be read, if so."""
    file_type = stat.S_IFMT(member.mode)
    if file_type == stat.S_IFLNK:
        return _LINK
    if file_type not in (0, stat.S_IFREG, stat.S_IFDIR):
        return joined(say("is_not_regular"), INSTEAD)
    if member.flags & 0x41:
        return joined(say("member_encrypted"), INSTEAD)
    if member.method not in _METHODS:
        return joined(say("member_method"), INSTEAD)
    if member.unpacked_bytes > limits.file_bytes:
        return _too_large(limits.file_bytes)
    if member.unpacked_bytes > max(limits.ratio_from_bytes, limits.ratio * member.packed_bytes):
        times = counted(member.unpacked_bytes // max(1, member.packed_bytes), "time")
        return joined(say("member_bomb", times=times), INSTEAD)
    return None


def _inner(file: BinaryIO, found: Found, shelf: Shelf, limits: IntakeLimits, taken: _Taken) -> Iterator[Found]:
    """What lies in a zip within a zip, which is as deep as we look."""
    taken.zips += 1
    if shelf.packed:
        yield _refused(found, joined(say("zip_in_zip_in_zip"), INSTEAD))
    elif taken.zips > limits.student_zips:
        yield _refused(found, joined(say("too_many_zips", most=limits.student_zips), INSTEAD))
    else:
        yield replace(found, kind=FileKind.FOLDER)
        inner = Shelf(path=shelf.path, where=found.where, parts=found.parts, packed=found.packed, member=found.member)
        try:
            data = unpack(file, found.packed[-1], limits.file_bytes)
            taken.members += data.count(_DIRECTORY_ENTRY)
            if taken.members > limits.student_members:
                raise too_many(limits.student_members)
            yield from or_empty(_listed(io.BytesIO(data), inner, limits), found)
        except UnreadableSubmission as error:
            yield _refused(found, error.message)


def _refused(found: Found, reason: Message) -> Found:
    return replace(found, kind=FileKind.REFUSED, reason=reason)


def _too_large(most: int) -> Message:
    return joined(say("too_large_to_read", most=f"{most / MEGABYTE:g}"), say("clear_and_hand_in"))
