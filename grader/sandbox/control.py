"""The control socket of a zygote: asking it for rooms, and the channel of each room. Whoever holds it may ask."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from dataclasses import dataclass
from typing import Protocol

from grader.errors import SandboxError, SandboxUnavailable
from grader.room.records import READY, Bounds

START_SECONDS = 120
_CREDENTIALS = struct.Struct("3i")  # process, user, group
CREDENTIALS_SPACE = socket.CMSG_SPACE(_CREDENTIALS.size) if hasattr(socket, "CMSG_SPACE") else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChannel:
    """The supervisor's ends of one room's pipes. Closing `status` ends the room."""

    questions: int
    answers: int
    prints: int
    status: socket.socket


class Zygote(Protocol):
    """A zygote we may ask for rooms, whether we started it or borrow it."""

    def is_ready(self) -> bool:
        """Whether it would fork at once. Does not wait."""

    def fork(self, bounds: Bounds, workplace: int) -> RoomChannel:
        """A new room; waits until the zygote is ready. Raises SandboxError if it is gone."""

    def close(self) -> None:
        """We need it no more: end it, or give it back."""


class Control:
    """Our end of a zygote's control socket. Not for two threads at once."""

    def __init__(self, connection: socket.socket, *, ready: bool = False) -> None:
        self.socket = connection
        self._ready = ready

    def is_ready(self) -> bool:
        """Whether the zygote has said that it is. Does not wait."""
        if not self._ready:
            with contextlib.suppress(OSError):
                self.socket.settimeout(0)
                self._ready = self.socket.recv(len(READY)) == READY
        return self._ready

    def wait_until_ready(self) -> None:
        """Raises SandboxUnavailable if the zygote ended, or took too long, before it was."""
        if self._ready:
            return
        self.socket.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            self._ready = self.socket.recv(len(READY)) == READY
        if not self._ready:
            raise SandboxUnavailable(
                "The process that opens rooms did not start. Run `grader doctor` for what this machine allows."
            )

    def fork(self, bounds: Bounds, workplace: int) -> RoomChannel:
        """A new room under `bounds`, whose work folder is the directory descriptor `workplace`.

        Raises SandboxError if the zygote is gone.
        """
        self.wait_until_ready()
        with contextlib.ExitStack() as theirs:
            questions, questions_in = os.pipe2(os.O_CLOEXEC)
            answers_out, answers = os.pipe2(os.O_CLOEXEC)
            prints_out, prints = os.pipe2(os.O_CLOEXEC)
            status, status_out = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            for descriptor in (questions, answers, prints):
                theirs.callback(os.close, descriptor)
            theirs.enter_context(status_out)
            status.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            channel = RoomChannel(questions=questions_in, answers=answers_out, prints=prints_out, status=status)
            try:
                descriptors = [questions, answers, prints, status_out.fileno(), workplace]
                socket.send_fds(self.socket, [bounds.to_bytes()], descriptors)
            except OSError:
                hang_up(channel)
                raise SandboxError("The process that opens rooms has ended.") from None
        return channel


def process_of(ancillary: list[tuple[int, int, bytes]]) -> int | None:
    """The sender's process id as the kernel translated it for us, from what came beside a message."""
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS and len(data) >= _CREDENTIALS.size:
            return int(_CREDENTIALS.unpack_from(data)[0])
    return None


def hang_up(channel: RoomChannel) -> None:
    """Close our ends; the zygote ends the room."""
    for descriptor in (channel.questions, channel.answers, channel.prints):
        os.close(descriptor)
    channel.status.close()
