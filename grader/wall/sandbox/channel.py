"""The channel of one room: the pipes and the socket between its supervisor and the process it runs in."""

from __future__ import annotations

import os
import socket
import struct
from dataclasses import dataclass
from typing import Self

_CREDENTIALS = struct.Struct("3i")  # process, user, group
CREDENTIALS_SPACE = socket.CMSG_SPACE(_CREDENTIALS.size) if hasattr(socket, "CMSG_SPACE") else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChannel:
    """The supervisor's ends. Closing `status` ends the room."""

    questions: int
    answers: int
    prints: int
    status: socket.socket

    @classmethod
    def open(cls) -> tuple[Self, list[int]]:
        """A channel, and the room's ends in the order in which a zygote takes them; those are the caller's to close."""
        questions_out, questions = os.pipe2(os.O_CLOEXEC)
        answers, answers_in = os.pipe2(os.O_CLOEXEC)
        prints, prints_in = os.pipe2(os.O_CLOEXEC)
        status, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        status.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        channel = cls(questions=questions, answers=answers, prints=prints, status=status)
        return channel, [questions_out, answers_in, prints_in, theirs.detach()]

    def close(self) -> None:
        """Hang up; the zygote ends the room."""
        for descriptor in (self.questions, self.answers, self.prints):
            os.close(descriptor)
        self.status.close()


def process_of(ancillary: list[tuple[int, int, bytes]]) -> int | None:
    """The sender's process id as the kernel translated it for us, from what came beside a message."""
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS and len(data) >= _CREDENTIALS.size:
            return int(_CREDENTIALS.unpack_from(data)[0])
    return None
