"""The zygote's box: which paths it is given, what it may do in there, and that root is given up before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.wall.sandbox import bubblewrap, launch
from grader.wall.sandbox.view import View, library_folders, view

LOOK = """
import ctypes, errno, json, os, socket, sys
def attempt(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"
def capabilities():
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, data)
    return [n for n in range(64) if data[3 * (n // 32)] >> n % 32 & 1]
libc = ctypes.CDLL(None, use_errno=True)
def checked(result):
    if result:
        raise OSError(ctypes.get_errno(), "")
CLONE_NEWNS, CLONE_NEWUSER, MS_REMOUNT_BIND = 0x20000, 0x10000000, 0x1020
def remount_writable(flags=0):
    if libc.unshare(flags) == 0:
        checked(libc.mount(None, b"/usr/lib", None, ctypes.c_ulong(MS_REMOUNT_BIND), None))
print(json.dumps(eval(sys.argv[1])))
"""
CAP_SETPCAP, CAP_SYS_ADMIN = 8, 21
LookInBox = Callable[..., Any]


@pytest.fixture
def look_in_box(missing: dict[str, str]) -> LookInBox:
    """The value of an expression, evaluated in the box."""
    if missing["namespaces"]:
        pytest.skip(missing["namespaces"])

    def look(expression: str, *, private: tuple[Path, ...] = (), shown: tuple[Path, ...] = ()) -> Any:
        seen = view(*library_folders(), *shown, private=private)
        python = [sys.executable, "-I", "-c", LOOK, expression]
        box = bubblewrap.command(python, seen=seen, environment={"LANG": "C.UTF-8"})
        command = [*launch.as_plain_uid(seen.shown), *box]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return look


@pytest.mark.parametrize(
    ("expression", "seen"),
    [
        pytest.param("capabilities()", [CAP_SETPCAP, CAP_SYS_ADMIN], id="two capabilities"),
        pytest.param("attempt(lambda: checked(libc.unshare(CLONE_NEWUSER)))", "ENOSPC", id="no user namespace"),
        pytest.param("attempt(lambda: open('/planted', 'w'))", "EROFS", id="read-only root"),
        pytest.param("attempt(lambda: open('/usr/lib/planted', 'w'))", "EROFS", id="read-only system"),
        pytest.param("attempt(remount_writable)", "EPERM", id="no remount"),
        pytest.param("attempt(lambda: remount_writable(CLONE_NEWNS))", "EPERM", id="no remount in other mounts"),
        pytest.param("attempt(lambda: socket.create_connection(('192.0.2.1', 80), 1))", "ENETUNREACH", id="no network"),
        pytest.param("dict(os.environ)", {"LANG": "C.UTF-8", "PWD": "/tmp"}, id="the given environment only"),
        pytest.param("os.getuid() == 0", False, id="not root"),
        pytest.param("os.listdir('/proc/self')", ["exe"], id="no procfs"),
        pytest.param("sorted(os.listdir('/dev'))", ["null", "random", "urandom"], id="three devices"),
        pytest.param("os.listdir('/room')", [], id="an empty scaffold"),
        pytest.param("__import__('numpy').arange(3).sum().item()", 3, id="NumPy"),
    ],
)
def test_the_box_is_as_promised(look_in_box: LookInBox, expression: str, seen: object) -> None:
    """What a zygote finds in its box before it opens a room."""
    assert look_in_box(expression) == seen


def test_the_box_shows_the_named_paths_only(look_in_box: LookInBox) -> None:
    """The root holds what was asked for and the box's own four folders."""
    asked = {path.parts[1] for path in view(*library_folders()).shown}
    assert set(look_in_box("os.listdir('/')")) == asked | {"dev", "proc", "room", "tmp"}


def test_a_hidden_folder_is_empty_in_the_box(look_in_box: LookInBox) -> None:
    """A folder within a readable path can be kept out."""
    standard_library = Path(json.__file__).resolve().parents[1]
    assert (
        look_in_box(f"os.listdir({str(standard_library / 'wsgiref')!r})", private=(standard_library / "wsgiref",)) == []
    )


def test_libraries_below_a_hidden_folder_are_shown(look_in_box: LookInBox) -> None:
    """An environment in a course that lies among libraries: the course is covered, its libraries lie on the cover."""
    standard_library = Path(json.__file__).resolve().parents[1]
    course, libraries = standard_library / "xml", standard_library / "xml" / "sax"
    seen = look_in_box(
        f"[os.listdir({str(course)!r}), 'expatreader.py' in os.listdir({str(libraries)!r})]",
        private=(course,),
        shown=(libraries,),
    )
    assert seen == [["sax"], True]


def test_links_are_made_anew_in_the_box(tmp_path: Path) -> None:
    """A link is shown as a link, so that it leads to what the box shows and not to a second copy of it."""
    (tmp_path / "link").symlink_to("elsewhere")
    command = bubblewrap.command(["true"], seen=View(shown=(tmp_path / "link",), covered=()), environment={})
    place = command.index(str(tmp_path / "link"))
    assert command[place - 2 : place] == ["--symlink", "elsewhere"]


def test_the_root_is_sealed_after_everything_else() -> None:
    """Bubblewrap's root is writable until it is told otherwise, and its options work in order."""
    command = bubblewrap.command(["true"], seen=View(shown=(Path("/usr"),), covered=()), environment={})
    assert command[command.index("--remount-ro") :] == ["--remount-ro", "/", "--chdir", "/tmp", "--", "true"]


def test_closed_folders_are_found_from_the_outside_in(tmp_path: Path) -> None:
    """Of two closed folders on the way to a path, the outer one has to be opened."""
    inner = tmp_path / "closed" / "also closed" / "python"
    inner.mkdir(parents=True)
    for folder in (inner.parent, inner.parents[1]):
        folder.chmod(0o700)
    closed = launch.closed_folders([inner])
    assert inner in next(iter(closed.values()))
    assert next(iter(closed)) in inner.parents[1:]
