"""Warm zygotes: lent to the user who keeps them, to nobody else, and gone when nobody needs them."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.limits import RoomLimits
from grader.sandbox.forked import ForkedSandbox
from grader.sandbox.housing import Open
from grader.sandbox.keeper import State
from grader.sandbox.warm import Warm
from tests.rooms.jobs import job


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for sockets, with a short path; keepers that a test leaves are ended."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "warm"
        yield folder
        Warm(folder=folder).stop()


def grade_once(warm: Warm) -> str:
    """Open a room as `grade` would, and say what is warm meanwhile."""
    with ForkedSandbox("none", Open(), runtime="numpy", warm=warm) as sandbox, sandbox.room(RoomLimits()) as room:
        room.open(job("def f(): pass"))
        return "kept" if list(warm.keepers()) else "own"


def keepers(folder: Path) -> list[State]:
    return list(Warm(folder=folder).keepers())


def test_a_zygote_is_kept_and_used_again(folder: Path) -> None:
    """The second command meets the first one's process."""
    assert grade_once(Warm(folder=folder, keep_seconds=60)) == "kept"
    (first,) = keepers(folder)
    assert grade_once(Warm(folder=folder)) == "kept"
    (second,) = keepers(folder)
    assert (first.pid, first.runtime) == (second.pid, "numpy")


def test_without_asking_nothing_is_kept(folder: Path) -> None:
    """Keeping warm is opt-in."""
    assert grade_once(Warm(folder=folder)) == "own"
    assert not folder.exists()


def test_its_socket_is_private(folder: Path) -> None:
    """Mode 0600, in a folder of mode 0700."""
    grade_once(Warm(folder=folder, keep_seconds=60))
    (path,) = folder.glob("*.sock")
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (folder, path)]
    assert modes == [0o700, 0o600]


def test_stop_ends_the_keeper_and_its_zygote(folder: Path) -> None:
    """It hangs up when it is gone, and leaves no socket."""
    grade_once(Warm(folder=folder, keep_seconds=60))
    assert Warm(folder=folder).stop() == 1
    assert keepers(folder) == []


def test_a_socket_left_by_a_killed_keeper_is_no_obstacle(folder: Path) -> None:
    """It is replaced."""
    grade_once(Warm(folder=folder, keep_seconds=60))
    (path,) = folder.glob("*.sock")
    Warm(folder=folder).stop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as dead:
        dead.bind(str(path))
    assert grade_once(Warm(folder=folder, keep_seconds=60)) == "kept"


def test_a_keeper_imports_nothing_from_the_folder_it_is_started_in(folder: Path, tmp_path: Path) -> None:
    """A submission's folder may hold a json.py."""
    (tmp_path / "json.py").write_text("open('was_here', 'w')\nraise SystemExit", encoding="utf-8")
    script = (
        "import sys; from pathlib import Path\n"
        "from grader.sandbox.warm import Warm; from grader.sandbox.housing import Open\n"
        "Warm(folder=Path(sys.argv[1]), keep_seconds=60).zygote('none', Open(), 'numpy').close()"
    )
    subprocess.run([sys.executable, "-P", "-c", script, str(folder)], cwd=tmp_path, check=True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["json.py"]


def test_a_folder_open_to_others_is_not_trusted(folder: Path) -> None:
    """Anybody could have put a socket there."""
    grade_once(Warm(folder=folder, keep_seconds=60))
    folder.chmod(0o777)
    assert grade_once(Warm(folder=folder)) == "own"
    folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_is_turned_away() -> None:
    """The keeper asks the kernel who connects, even if the modes of folder and socket were lost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        grade_once(Warm(folder=folder, keep_seconds=60))
        (path,) = folder.glob("*.sock")
        path.chmod(0o666)
        folder.chmod(0o755)  # its parents are open to all
        answer = _answer_to_another_user(path)
        folder.chmod(0o700)
        Warm(folder=folder).stop()

    assert answer == b"turned away"


def _answer_to_another_user(path: Path) -> bytes:
    """What a process of another uid hears when it asks to borrow."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setresuid(12345, 12345, 12345)
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
                connection.connect(str(path))
                with contextlib.suppress(ConnectionError):  # hung up on, before a word was said or read
                    connection.send(b"b")
                    os.write(theirs, connection.recv(16))
                os.write(theirs, b"turned away")
        finally:
            os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as answer:
        return answer.read()
