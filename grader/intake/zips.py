"""Zips that strangers made: what lies in them, and the bytes of one member. Nothing is ever unpacked to disk.

What a zip says about itself is checked before it is believed, and again while its bytes are read.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import UnreadableSubmission
from grader.intake import Packed
from grader.intake.found import Found, Kind, is_zip, kind_of, passed_over, written
from grader.limits import MEGABYTE, IntakeLimits
from grader.wording import say
from grader.words import counted

INSTEAD: Final = say("notebook_instead")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    struct.error,
    zlib.error,
)
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")  # signature, ..., length of the name, length of the extra field
_METHODS: Final = {zipfile.ZIP_STORED: False, zipfile.ZIP_DEFLATED: True}
_DIRECTORY_END: Final = b"PK\x05\x06"
_DIRECTORY_END_64: Final = b"PK\x06\x06"  # of 56 bytes, with 20 bytes that point to it; then the older record
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_LONGEST_ENTRY: Final = 400  # bytes that a member takes in the list of contents, on average; real ones take 100


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
            raise UnreadableSubmission(f"{say('zip_not_regular')} {INSTEAD}")
        with shelf.path.open("rb") as file:
            yield from _listed(file, shelf, limits)
    except OSError as error:
        raise UnreadableSubmission(f"{say('zip_unreadable', reason=str(error.strerror))} {INSTEAD}") from error


def or_empty(found: Iterator[Found], shell: Found) -> Iterator[Found]:
    """`found`, or one thing that is no notebook: who hands in an empty zip has handed in, in vain."""
    first = next(found, None)
    if first is None:
        yield replace(shell, kind=Kind.OTHER)
    else:
        yield first
        yield from found


def unpack(file: BinaryIO, packed: Packed, most: int) -> bytes:
    """The bytes of one member, at most `most`. Raises UnreadableSubmission where they are not what the list said."""
    if packed.unpacked_bytes > most:
        raise UnreadableSubmission(_too_large(most))
    try:
        file.seek(packed.offset)
        signature, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        file.seek(name + extra, io.SEEK_CUR)
        data = file.read(packed.packed_bytes)
        if packed.deflated:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, packed.unpacked_bytes + 1)
    except _BROKEN as error:
        raise UnreadableSubmission(f"{say('zip_unpacks_not')} {INSTEAD}") from error
    honest = len(data) == packed.unpacked_bytes and zlib.crc32(data) == packed.checksum
    if signature != b"PK\x03\x04" or not honest:
        raise UnreadableSubmission(f"{say('zip_lies')} {INSTEAD}")
    return data


def member_parts(name: str) -> tuple[str, ...]:
    """The folders and the file that a member's name speaks of; none if the name leads out of the archive."""
    name = name.replace("\\", "/")
    parts = tuple(written(part) for part in name.split("/") if part not in ("", "."))
    leads_out = name.startswith("/") or ".." in parts or any("\0" in part for part in parts)
    return () if leads_out or (parts and parts[0][1:2] == ":") else parts


def _listed(file: BinaryIO, shelf: Shelf, limits: IntakeLimits) -> Iterator[Found]:
    most = limits.class_members if shelf.of_class else limits.student_members
    _check_directory(file, most)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        raise UnreadableSubmission(f"{say('zip_cannot_be_opened')} {INSTEAD}") from error
    _check_members(members, file, shelf, limits, most)
    twice = {parts for parts, times in Counter(member_parts(m.filename) for m in members).items() if times > 1}
    taken: defaultdict[str, _Taken] = defaultdict(_Taken)  # by student
    others: set[tuple[str, ...]] = set()  # one other file tells that a folder is not empty; thousands tell no more
    for member in members:
        parts = member_parts(member.filename)
        if any(passed_over(part) for part in parts):
            continue
        found = _found(member, parts, shelf, limits)
        if found.kind is Kind.NOTEBOOK and parts in twice:
            found = _refused(found, f"{say('member_twice')} {INSTEAD}")
        if found.kind is Kind.OTHER and is_zip(parts[-1]):
            yield from _inner(file, found, shelf, limits, taken[parts[0] if shelf.of_class else ""])
        elif found.kind is not Kind.OTHER or len(found.parts) == 1 or found.parts[:-1] not in others:
            others.add(found.parts[:-1])
            yield found


def _check_directory(file: BinaryIO, most: int) -> None:
    """Counts the members before the library makes an object of each."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))  # the end record, and a comment of 65,535 bytes at most
    tail = file.read()
    at = tail.rfind(_DIRECTORY_END)
    if at < 0 or len(tail) < at + 22:
        raise UnreadableSubmission(f"{say('zip_without_list')} {INSTEAD}")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if length == 0xFFFFFFFF and tail[at - 76 :].startswith(_DIRECTORY_END_64):
        at -= 76
        length = int.from_bytes(tail[at + 40 : at + 48], "little")
    if length > most * _LONGEST_ENTRY:
        raise UnreadableSubmission(_too_many(most))
    file.seek(max(0, size - len(tail) + at - length))
    if file.read(min(length, size)).count(_DIRECTORY_ENTRY) > most:
        raise UnreadableSubmission(_too_many(most))
    file.seek(0)


def _check_members(
    members: list[zipfile.ZipInfo], file: BinaryIO, shelf: Shelf, limits: IntakeLimits, most: int
) -> None:
    if len(members) > most:
        raise UnreadableSubmission(_too_many(most))
    if sum(member.compress_size for member in members) > file.seek(0, io.SEEK_END):
        raise UnreadableSubmission(f"{say('zip_overlaps')} {INSTEAD}")
    if not shelf.of_class and sum(member.file_size for member in members) > limits.student_bytes:
        gigabytes = limits.student_bytes / MEGABYTE / 1024
        raise UnreadableSubmission(f"{say('zip_too_large', most=f'{gigabytes:g}')} {INSTEAD}")


def _found(member: zipfile.ZipInfo, parts: tuple[str, ...], shelf: Shelf, limits: IntakeLimits) -> Found:
    packed = Packed(
        offset=member.header_offset,
        packed_bytes=member.compress_size,
        unpacked_bytes=member.file_size,
        checksum=member.CRC,
        deflated=_METHODS.get(member.compress_type, False),
    )
    found = Found(
        kind=Kind.FOLDER if member.is_dir() else kind_of(parts[-1] if parts else ""),
        parts=shelf.parts + parts,
        where=f"{'/'.join(parts) or written(member.filename)} in {shelf.where}",
        path=shelf.path,
        packed=(*shelf.packed, packed),
        member="/".join(parts if shelf.member is None else (shelf.member, *parts)),
        dated=member.date_time,
    )
    if not parts:
        return _refused(found, f"{say('member_leads_out')} {INSTEAD}")
    if found.kind is Kind.FOLDER or (found.kind is Kind.OTHER and not is_zip(parts[-1])):
        return found if stat.S_IFMT(member.external_attr >> 16) != stat.S_IFLNK else _refused(found, _LINK)
    reason = _why_not(member, limits)
    return _refused(found, reason) if reason else found


_LINK: Final = f"{say('no_link_followed')} {INSTEAD}"


def _why_not(member: zipfile.ZipInfo, limits: IntakeLimits) -> str:
    """Why a notebook or a zip within is not to be read, if so."""
    file_type = stat.S_IFMT(member.external_attr >> 16)
    if file_type == stat.S_IFLNK:
        return _LINK
    if file_type not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"{say('is_not_regular')} {INSTEAD}"
    if member.flag_bits & 0x41:
        return f"{say('member_encrypted')} {INSTEAD}"
    if member.compress_type not in _METHODS:
        return f"{say('member_method')} {INSTEAD}"
    if member.file_size > limits.file_bytes:
        return _too_large(limits.file_bytes)
    if member.file_size > max(limits.ratio_from_bytes, limits.ratio * member.compress_size):
        times = counted(member.file_size // max(1, member.compress_size), "time")
        return f"{say('member_bomb', times=times)} {INSTEAD}"
    return ""


def _inner(file: BinaryIO, found: Found, shelf: Shelf, limits: IntakeLimits, taken: _Taken) -> Iterator[Found]:
    """What lies in a zip within a zip, which is as deep as we look."""
    taken.zips += 1
    if shelf.packed:
        yield _refused(found, f"{say('zip_in_zip_in_zip')} {INSTEAD}")
    elif taken.zips > limits.student_zips:
        yield _refused(found, f"{say('too_many_zips', most=limits.student_zips)} {INSTEAD}")
    else:
        yield replace(found, kind=Kind.FOLDER)
        inner = Shelf(path=shelf.path, where=found.where, parts=found.parts, packed=found.packed, member=found.member)
        try:
            data = unpack(file, found.packed[-1], limits.file_bytes)
            taken.members += data.count(_DIRECTORY_ENTRY)
            if taken.members > limits.student_members:
                raise UnreadableSubmission(_too_many(limits.student_members))
            yield from or_empty(_listed(io.BytesIO(data), inner, limits), found)
        except UnreadableSubmission as error:
            yield _refused(found, str(error))


def _refused(found: Found, reason: str) -> Found:
    return replace(found, kind=Kind.REFUSED, reason=reason)


def _too_many(most: int) -> str:
    return f"{say('zip_too_many', files=counted(most, 'file'))} {INSTEAD}"


def _too_large(most: int) -> str:
    return f"{say('too_large_to_read', most=f'{most / MEGABYTE:g}')} {say('clear_and_hand_in')}"
