"""The fixed-size records between a sandbox's supervisor and its zygote. Known on both sides; without student bytes."""

from __future__ import annotations

import struct
from dataclasses import astuple, dataclass

READY = b"ready"
STARTED = b"started"
#: what stands in a compiled filter where the room's own process id belongs; no process has this id
OWN_PID = 0x7FFF_0001
_ADMIT = struct.Struct("<QQQQQQ")
_REFUSED = struct.Struct("<i")
_EXIT = struct.Struct("<iiddQ")


def refusal(number: int, reason: str) -> bytes:
    """What a room says that could not be made ready: the error's number, if it has one, and a sentence."""
    return _REFUSED.pack(number) + reason.encode()[:1_000]


def read_refusal(record: bytes) -> tuple[int, str]:
    """The error's number and the sentence of a record made by `refusal`."""
    return _REFUSED.unpack_from(record)[0], record[_REFUSED.size :].decode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The resource limits of one room, as `setrlimit` takes them: seconds, bytes, counts."""

    cpu_seconds: int
    address_space: int
    data: int
    file_size: int
    open_files: int
    processes: int

    SIZE = _ADMIT.size

    def to_bytes(self) -> bytes:
        """The record the zygote is sent, beside the room's descriptors."""
        return _ADMIT.pack(*astuple(self))

    @classmethod
    def from_bytes(cls, record: bytes) -> Bounds:
        """Read a record made by `to_bytes`."""
        cpu, space, data, size, files, processes = _ADMIT.unpack(record)
        return cls(
            cpu_seconds=cpu, address_space=space, data=data, file_size=size, open_files=files, processes=processes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """How a room's process ended: exit code (negative: the signal), CPU seconds, wall seconds, peak memory in bytes."""

    pid: int
    code: int
    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int

    SIZE = _EXIT.size

    def to_bytes(self) -> bytes:
        """The record the zygote sends when a room is gone."""
        return _EXIT.pack(*astuple(self))

    @classmethod
    def from_bytes(cls, record: bytes) -> Exit:
        """Read a record made by `to_bytes`."""
        pid, code, cpu, wall, peak = _EXIT.unpack(record)
        return cls(pid=pid, code=code, cpu_seconds=cpu, wall_seconds=wall, peak_bytes=peak)
