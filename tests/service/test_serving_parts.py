"""What a site is served with: a socket, a folder to itself, and processes that are kept running beside its own."""

from __future__ import annotations

import os
import queue
import select
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.service.serve.alone import alone_in
from grader.service.serve.children import Child, Children, Ended
from grader.service.serve.listening import listen

#: say who they are, and wait: for their end, or for nothing at all
PATIENT = "import signal; signal.sigwait([signal.SIGTERM])"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); told(); signal.pause()"


def test_a_child_that_ends_is_started_again_and_told_of() -> None:
    """A worker that was killed costs what it was doing, never the site; whoever keeps ending waits longer each time."""
    heard: queue.Queue[Ended] = queue.Queue()
    with Children([child("raise SystemExit(7)")], told=heard.put, pause=0.01):
        ended = [heard.get(timeout=60) for _ in range(3)]

    assert [(each.name, each.code) for each in ended] == [("one", 7)] * 3
    assert [each.pause for each in ended] == [0.01, 0.02, 0.04]


def test_children_end_with_what_they_are_doing_when_the_site_does(door: Path) -> None:
    """They are told, and end by themselves; nobody is told of that, since it was asked for."""
    heard: queue.Queue[Ended] = queue.Queue()
    with Children([child("told(); " + PATIENT, door)], told=heard.put):
        descriptor = who_called(door)

    assert ended(descriptor)
    assert heard.empty()


def test_whoever_does_not_end_is_killed(door: Path) -> None:
    """After a while; or at once, when somebody asks again."""
    with Children([child(DEAF, door)], told=print, drain=0.01):
        descriptor = who_called(door)

    assert ended(descriptor)


def test_children_do_not_outlive_a_parent_that_was_killed(door: Path) -> None:
    """Otherwise a second worker would grade on beside the one of the next start, for ever."""
    script = (
        "from grader.service.serve.children import Child, Children\n"
        f"import signal\nwith Children([Child(name='one', command={command('told(); signal.pause()', door)!r}, "
        "environment={})], told=print): signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        descriptor = who_called(door)
        parent.kill()

    assert ended(descriptor)


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """Before anything is begun."""
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(UsageError, match="in use"):
        listen("127.0.0.1", other.getsockname()[1])


def test_an_address_of_another_machine_is_said() -> None:
    """It would take no connection."""
    with pytest.raises(UsageError, match="--host"):
        listen("203.0.113.7", 0)


def test_two_sites_are_not_served_from_one_folder(tmp_path: Path) -> None:
    """Until the first has ended."""
    with alone_in(tmp_path), pytest.raises(UsageError, match="already"), alone_in(tmp_path):
        pass
    with alone_in(tmp_path):
        pass


@pytest.fixture
def door(tmp_path: Path) -> Path:
    """Where children say who they are."""
    path = tmp_path / "door"
    os.mkfifo(path)
    return path


def command(script: str, door: Path | None = None) -> tuple[str, ...]:
    """A Python that runs `script`; `told()` says its process id at the door."""
    tells = f"import os, signal\ndef told(): open({str(door)!r}, 'w').write(str(os.getpid()))\n"
    return (sys.executable, "-c", tells + script)


def child(script: str, door: Path | None = None) -> Child:
    return Child(name="one", command=command(script, door), environment={})


def who_called(door: Path) -> int:
    """A descriptor of the process that said who it is: its end can be waited for, whosever child it is."""
    return os.pidfd_open(int(door.read_text()))


def ended(descriptor: int) -> bool:
    """Whether it has ended, or does within a minute."""
    with closing(os.fdopen(descriptor, "rb", closefd=True)) as file:
        return bool(select.select([file], [], [], 60)[0])
