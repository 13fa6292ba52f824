"""A room that says what a test makes it say: pipes without a process, both ends in our hands. No tests here."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from grader.limits import RoomLimits
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Borrow, Call, Job, Lent, Opened, Sent
from grader.wall.room.records import Exit
from grader.wall.sandbox.channel import RoomChannel
from grader.wall.sandbox.live_room import LiveRoom

JOB = Job(statements=(), target="f", seed=0, files={}, answer_bytes=1)
OPENED = Opened(failures=(), target_type="a function", notices=())
QUESTIONS = [Call(id=number, target="f", args=()) for number in (0, 1)]
BORROW = Borrow(id=0, name="g", args=(), named={})
FORGED = "The answers that came back were not in the form the grader uses, so none of them counts."
MOMENT = RoomLimits(cpu_seconds=1, wall_factor=1, load_factor=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The room's ends of the pipes: what is written here, the room has said."""

    channel: RoomChannel
    answers: int
    prints: int
    status: socket.socket

    def say(self, *messages: Sent) -> None:
        """As the worker answers."""
        os.write(self.answers, b"".join(map(to_bytes, messages)))

    def end(self, *, code: int = 0, cpu_seconds: float = 0.0, peak_bytes: int = 0) -> None:
        """As the zygote reports the end of the room's process."""
        end = Exit(pid=1, code=code, cpu_seconds=cpu_seconds, wall_seconds=0.0, peak_bytes=peak_bytes)
        self.status.send(end.to_bytes())

    def room(self, limits: RoomLimits | None = None, *, queued: float = 0.0) -> LiveRoom:
        """The room as its supervisor sees it."""
        return LiveRoom(self.channel, limits or RoomLimits(), queued=lambda _: queued)


@contextmanager
def scripted() -> Iterator[Script]:
    """The room, as long as its pipes are open."""
    with ExitStack() as stack:
        (question_out, question_in), (answer_out, answer_in), (print_out, print_in) = (os.pipe() for _ in range(3))
        for descriptor in (question_out, question_in, answer_out, answer_in, print_out, print_in):
            stack.callback(os.close, descriptor)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        stack.enter_context(ours)
        stack.enter_context(theirs)
        channel = RoomChannel(questions=question_in, answers=answer_out, prints=print_out, status=ours)
        yield Script(channel=channel, answers=answer_in, prints=print_in, status=theirs)


def lent(borrow: Borrow) -> Lent:
    """Lends everything; the value is the number of the request."""
    return Lent(id=borrow.id, value=borrow.id)
