"""The list of contents of a zip, read within bounds, whatever it says of itself. No member is read here.

Python's `zipfile` makes an object of every member before anybody can count them, and gives a whole archive up for one
name that is no UTF-8. Both matter where strangers make the archives.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from grader.classes.intake.spelling import chinese, file_name
from grader.errors import UnreadableSubmission
from grader.messages import counted, joined, say

INSTEAD: Final = say("notebook_instead")

_END: Final = struct.Struct("<4s8xLL2x")  # signature, numbers of disks and members, size, offset, comment
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 65_535
_POINTER: Final = struct.Struct("<4s4xQ4x")
_END_64: Final = struct.Struct("<4s36xQQ")
_ENTRY: Final = struct.Struct("<4s4xHHHHLLLHHH4xLL")
_LONGEST_ENTRY: Final = 400  # bytes that a member takes in the list of contents, on average; real ones take 100
_IN_64_BITS: Final = 0xFFFFFFFF
_UNICODE_NAME: Final = 0x7075  # an extra field of Info-ZIP
_SIZES_64: Final = 0x0001


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry of the list, as it stands there."""

    name: str
    flags: int
    method: int
    dated: tuple[int, ...]
    checksum: int
    packed_bytes: int
    unpacked_bytes: int
    mode: int
    offset: int

    @property
    def is_folder(self) -> bool:
        """Whether it is one by its name, as in all archives."""
        return self.name.endswith(("/", "\\"))


def too_many(most: int) -> UnreadableSubmission:
    """That a zip holds more than `most` files."""
    return UnreadableSubmission(joined(say("zip_too_many", files=counted(most, "file")), INSTEAD))


def _damaged() -> UnreadableSubmission:
    return UnreadableSubmission(joined(say("zip_cannot_be_opened"), INSTEAD))


@dataclass(frozen=True, slots=True)
class _Where:
    """The place of the list, and how far everything lies behind the place that is noted for it."""

    start: int
    size: int
    shifted: int


def members(file: BinaryIO, most: int) -> list[Member]:
    """The members of the zip in `file`, `most` at most. Raises UnreadableSubmission."""
    where = _where(file)
    if where.size > most * _LONGEST_ENTRY:
        raise too_many(most)
    file.seek(where.start)
    raw: list[_Entry] = []
    for entry in _entries(file.read(where.size)):
        if len(raw) == most:
            raise too_many(most)
        raw.append(entry)
    unnamed = b"\n".join(entry.name for entry in raw if not entry.name.isascii() and not _is_utf_8(entry.name))
    among = chinese(unnamed) if unnamed else None
    return [entry.as_member(among, where.shifted) for entry in raw]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry before its name is read."""

    fields: tuple[int, ...]
    name: bytes
    extra: bytes

    def as_member(self, among: str | None, shifted: int) -> Member:
        flags, method, time, date, checksum, packed, unpacked, *_, mode, offset = self.fields
        extra = dict(_extra_fields(self.extra))
        large = _large(extra.get(_SIZES_64, b""), (unpacked, packed, offset))
        named = extra.get(_UNICODE_NAME, b"")[5:]  # after a version and a checksum
        return Member(
            name=file_name(named or self.name, among),
            flags=flags,
            method=method,
            dated=_dated(date, time),
            checksum=checksum,
            packed_bytes=large[1],
            unpacked_bytes=large[0],
            mode=mode >> 16,
            offset=large[2] + shifted,
        )


def _where(file: BinaryIO) -> _Where:
    size = file.seek(0, io.SEEK_END)
    begins = max(0, size - _END_BYTES - _LONGEST_COMMENT - _POINTER.size - 56)
    file.seek(begins)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END_BYTES:
        raise UnreadableSubmission(joined(say("zip_without_list"), INSTEAD))
    _, length, offset = _END.unpack_from(tail, at)
    end = begins + at
    if large := _in_64_bits(file, tail[:at], end):  # it holds, whatever the older record says
        end, length, offset = large
    start = end - length
    if start < 0:
        raise _damaged()
    return _Where(start, length, start - offset)


def _in_64_bits(file: BinaryIO, before: bytes, end: int) -> tuple[int, int, int] | None:
    """Where the newer record begins, and what it says of size and offset, if there is a pointer to it."""
    if len(before) < _POINTER.size:
        return None
    signature, noted = _POINTER.unpack_from(before, len(before) - _POINTER.size)
    if signature != b"PK\x06\x07":
        return None
    for at in (end - _POINTER.size - 56, noted):  # the second is right where nothing was put before the zip
        if 0 <= at <= end - 56:
            file.seek(at)
            record, length, offset = _END_64.unpack(file.read(_END_64.size))
            if record == b"PK\x06\x06":
                return at, length, offset
    raise _damaged()


def _entries(data: bytes) -> Iterator[_Entry]:
    at = 0
    while at < len(data):
        if len(data) < at + _ENTRY.size:
            raise _damaged()
        signature, *fields = _ENTRY.unpack_from(data, at)
        name, extra, comment = fields[7:10]
        ends = at + _ENTRY.size + name + extra + comment
        if signature != b"PK\x01\x02" or ends > len(data):
            raise _damaged()
        at += _ENTRY.size
        yield _Entry(tuple(fields), data[at : at + name], data[at + name : at + name + extra])
        at = ends


def _extra_fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while len(data) >= at + 4:
        kind, length = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _large(field: bytes, noted: tuple[int, ...]) -> list[int]:
    """Sizes and offset, each from the extra field where its own place says so."""
    found, at = [], 0
    for number in noted:
        large = number == _IN_64_BITS and len(field) >= at + 8
        found.append(int.from_bytes(field[at : at + 8], "little") if large else number)
        at += 8 if large else 0
    return found


def _dated(date: int, time: int) -> tuple[int, ...]:
    return (1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2)


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
