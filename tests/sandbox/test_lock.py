"""What a locked room can and cannot do, tried from inside. Most rules hold in both ways of locking in."""

from __future__ import annotations

import importlib.util
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.wall.sandbox import syscalls

REPOSITORY = Path(__file__).parents[2]
ALLOW_EVERY_CALL = struct.pack("=HBBI", 0x06, 0, 0, syscalls.ALLOW)
RESTRICTED = {"EPERM", "EACCES", "EROFS", "ENOENT"}
in_namespaces = pytest.mark.parametrize("in_room", ["namespaces"], indirect=True)
in_place = pytest.mark.parametrize("in_room", ["in place"], indirect=True)

REFUSED = [
    pytest.param("os.fork", id="fork"),
    pytest.param("lambda: os.execv('/usr/bin/true', ['true'])", id="exec"),
    pytest.param("lambda: __import__('socket').socket()", id="socket"),
    pytest.param("lambda: os.kill(2, 9)", id="kill another process"),
    pytest.param("lambda: os.kill(-1, 9)", id="kill everyone"),
    pytest.param("lambda: os.kill(0, 9)", id="kill the group"),
    pytest.param("lambda: os.pidfd_open(os.getpid())", id="pidfd"),
    pytest.param("lambda: os.memfd_create('x')", id="memory behind a descriptor"),
    pytest.param("lambda: __import__('mmap').mmap(-1, 4096)", id="memory that is shared"),
    pytest.param("lambda: os.chmod('.', 0o777)", id="chmod"),
    pytest.param("lambda: os.symlink('/', 'root')", id="symlink"),
    pytest.param("lambda: os.sched_setaffinity(0, {0})", id="choose a processor"),
    pytest.param("lambda: os.setpriority(os.PRIO_PROCESS, 0, 0)", id="priority"),
    pytest.param("lambda: kernel.unshare(0x10000000)", id="user namespace"),
    pytest.param("lambda: kernel.mount('none', '.', 'tmpfs')", id="mount"),
    pytest.param("lambda: kernel.prctl(kernel.PR_SET_PDEATHSIG, 0)", id="outlive the zygote"),
    pytest.param("lambda: kernel.load_filter(b'')", id="another filter"),
    pytest.param("lambda: os.setuid(0)", id="become root"),
]

OUT_OF_REACH = [
    pytest.param("open('/etc/passwd')", id="a file outside the list"),
    pytest.param("open('/usr/planted', 'w')", id="a new file in the system"),
    pytest.param("open(os.__file__, 'r+')", id="a library file"),
    pytest.param("open('/proc/self/status')", id="procfs"),
    pytest.param("os.listdir('/')", id="the root's listing"),
    pytest.param("os.listdir('/dev')", id="the devices' listing"),
    pytest.param("os.mkdir('/room/planted')", id="the scaffold"),
]


@pytest.mark.parametrize("action", REFUSED)
def test_a_room_is_refused_what_only_a_process_of_its_own_could_want(in_room: Any, action: str) -> None:
    """The system call filter answers EPERM, and the room goes on."""
    assert in_room(f"answer = attempt({action})").answer == "EPERM"


@pytest.mark.parametrize("action", OUT_OF_REACH)
def test_a_room_cannot_touch_a_path_it_was_not_given(in_room: Any, action: str) -> None:
    """Reading outside the readable paths and writing outside the work folder fail."""
    assert in_room(f"answer = attempt(lambda: {action})").answer in RESTRICTED


def test_a_room_may_use_its_work_folder(in_room: Any) -> None:
    """The current folder, and only it, takes files and folders."""
    end = in_room("os.mkdir('a'); open('a/b', 'w').write('kept'); answer = open(os.getcwd() + '/a/b').read()")
    assert end.answer == "kept"


def test_a_room_may_start_threads(in_room: Any) -> None:
    """A thread is no process: the filter lets it begin, through clone because clone3 is said not to exist."""
    end = in_room(
        "import threading; t = threading.Thread(target=lambda: names.append(1)); t.start(); t.join(); answer = names",
        before="names = []",
    )
    assert end.answer == [1]


def test_a_room_may_signal_itself(in_room: Any) -> None:
    """The stand-in for its process id was replaced: raising a signal works, as abort() needs."""
    end = in_room("import signal; signal.signal(10, lambda *_: None); os.kill(os.getpid(), 10); answer = 'went on'")
    assert end.answer == "went on"


def test_a_room_has_five_descriptors(in_room: Any) -> None:
    """Whatever the zygote had open is closed: 0 to 4 are the room's own."""
    inside = "answer = [n for n in range(300) if attempt(lambda: os.fstat(n)) == 'done' and n > 4]"
    assert in_room(inside, before="os.dup2(1, 77); os.dup2(1, 200)").answer == []


def test_a_room_ends_when_its_processor_time_is_used_up(in_room: Any) -> None:
    """The hard limit kills even process 1 of a namespace, which ignores SIGXCPU."""
    assert in_room("while True: pass", cpu_seconds=1).code == -9


def test_a_room_runs_out_of_memory_at_its_bound(in_room: Any) -> None:
    """Private memory beyond the bound is a MemoryError in the student's code."""
    end = in_room("try: bytearray(1 << 30)\nexcept MemoryError: answer = 'no more'", data=512 << 20)
    assert end.answer == "no more"


def test_a_call_through_another_table_kills(in_room: Any) -> None:
    """A number with the x32 bit ends the room with SIGSYS, even as process 1."""
    if os.uname().machine != "x86_64":
        pytest.skip("x32 exists on x86_64 only")
    assert in_room("kernel._syscall(0x40000000 | 39)").code == -31


def test_a_room_that_cannot_lock_itself_in_names_the_step_and_runs_nothing(in_room: Any) -> None:
    """There is no half-locked room."""
    end = in_room("answer = 'ran'", least_landlock=99)
    assert (end.answer, "at the step 'restrict files with Landlock'" in end.errors) == (None, True)


@in_namespaces
@pytest.mark.parametrize(
    ("probe", "seen"),
    [
        pytest.param("(os.getpid(), os.getppid())", [1, 0], id="no process but itself"),
        pytest.param("attempt(lambda: os.kill(-1, 0))", "ESRCH", id="nobody to signal"),
        pytest.param("attempt(lambda: open('/planted', 'w'))", "EROFS", id="read-only root"),
        pytest.param("attempt(lambda: open('/usr/planted', 'w'))", "EROFS", id="read-only system"),
        pytest.param("attempt(lambda: kernel.make_writable('/usr'))", "EPERM", id="no remount"),
        pytest.param("attempt(lambda: kernel.unshare(0x10000000))", "ENOSPC", id="no user namespace"),
        pytest.param("attempt(lambda: kernel.prctl(kernel.PR_CAPBSET_DROP, 1))", "EPERM", id="no CAP_SETPCAP"),
        pytest.param("sum(kernel.prctl(23, n) for n in range(38))", 0, id="empty bounding set"),
        pytest.param(
            "attempt(lambda: __import__('socket').create_connection(('127.0.0.1', 9)))", "ENETUNREACH", id="no network"
        ),
        pytest.param("os.listdir('/proc/self')", ["exe"], id="no procfs"),
        pytest.param("sorted(os.listdir('/dev'))", ["null", "random", "urandom"], id="three devices"),
        pytest.param("os.readlink('/proc/self/exe')", "/usr/bin/env", id="an executable to show"),
    ],
)
def test_namespaces_hold_alone(in_room: Any, probe: str, seen: object) -> None:
    """One layer failing is not enough: these hold without Landlock, without limits and without a filter."""
    assert in_room(f"answer = {probe}", namespaces_alone=True).answer == seen


def test_landlock_is_used_where_it_is_not_insisted_on(in_room: Any) -> None:
    """A room that would do without Landlock has it all the same when the kernel does."""
    end = in_room("answer = attempt(lambda: os.listdir('/usr/..'))", least_landlock=0, filter=ALLOW_EVERY_CALL)
    assert end.answer == "EACCES"


@in_place
@pytest.mark.parametrize(
    ("probe", "seen"),
    [
        pytest.param("attempt(lambda: open('/etc/passwd'))", "EACCES", id="no other file"),
        pytest.param("attempt(lambda: os.kill(zygote, 0))", "EPERM", id="no signal to the zygote"),
        pytest.param("attempt(lambda: open(f'/proc/{zygote}/environ'))", "EACCES", id="no look at the zygote"),
        pytest.param(
            "attempt(lambda: __import__('socket').create_connection(('127.0.0.1', 9)))", "EACCES", id="no TCP"
        ),
        pytest.param("attempt(lambda: os.execv('/usr/bin/true', ['true']))", "EACCES", id="no program"),
    ],
)
def test_landlock_holds_without_the_filter(in_room: Any, probe: str, seen: object) -> None:
    """Where there are no namespaces Landlock still keeps files, signals and TCP, with a filter that allows all."""
    assert in_room(f"answer = {probe}", filter=ALLOW_EVERY_CALL).answer == seen


@in_namespaces
def test_the_work_folder_is_as_large_as_its_tmpfs(in_room: Any) -> None:
    """A disk bomb ends with ENOSPC after the bytes the room was given."""
    assert in_room("answer = attempt(lambda: open('bomb', 'wb').write(bytes(1 << 21)))").answer == "ENOSPC"


@in_namespaces
def test_the_work_folder_holds_no_code(in_room: Any) -> None:
    """A library written to the work folder cannot be mapped for execution."""
    inside = "open('a.so', 'wb').write(bytes(4096)); f = open('a.so', 'rb')\n"
    inside += "import mmap; answer = attempt(lambda: mmap.mmap(f.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_EXEC))"
    assert in_room(inside).answer == "EPERM"


@in_namespaces
def test_the_work_folder_takes_as_many_files_as_it_was_given(in_room: Any) -> None:
    """A bomb of empty files ends with ENOSPC."""
    inside = "answer = attempt(lambda: [open(f'f{n}', 'w').close() for n in range(200)])"
    assert in_room(inside).answer == "ENOSPC"


def test_a_room_ends_with_its_zygote() -> None:
    """The kernel kills a room whose zygote is gone; else the pipe it holds would stay open and this test time out."""
    script = (
        "import os, sys, signal; sys.path.insert(0, sys.argv[1]); from grader.wall.room import lock\n"
        "zygote, (out, into) = os.getpid(), os.pipe()\n"
        "if os.fork() == 0: lock.die_with_parent(zygote); os.write(into, b'x'); signal.pause()\n"
        "os.read(out, 1)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(REPOSITORY)], capture_output=True, timeout=300, check=True)
    assert done.stdout == b""


def test_a_room_refuses_to_begin_without_its_zygote() -> None:
    """A parent that ended before the room asked to die with it is noticed."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from grader.wall.room import lock; lock.die_with_parent(1 << 30)"
    )
    command = [sys.executable, "-c", script, str(REPOSITORY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert "ProcessLookupError" in done.stderr


TENSORFLOW_WORKS = """
import io, tempfile, threading, numpy as np, keras, matplotlib.pyplot as plt
tempfile.tempdir = None
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
inputs = np.random.rand(64, 4).astype("float32")
model.fit(inputs, inputs.sum(1), epochs=2, verbose=0)
model.summary(print_fn=lambda line: None)
np.linalg.svd(np.random.rand(50, 50))
picture = io.BytesIO()
plt.plot([1, 2])
plt.savefig(picture, format="png")
model.save("saved.keras")
again = keras.models.load_model("saved.keras").predict(inputs, verbose=0)
answer = [bool(np.array_equal(again, model.predict(inputs, verbose=0))), picture.getvalue()[1:4].decode()]
"""


@pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed")
def test_tensorflow_works_in_a_locked_room(in_room: Any) -> None:
    """Fit, summary, SVD, a picture, saving and loading need nothing that is refused."""
    end = in_room(TENSORFLOW_WORKS, before="import tensorflow, keras, matplotlib.pyplot")
    assert (end.answer, end.code) == ([True, "PNG"], 0), end.errors
