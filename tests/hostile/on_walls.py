"""Attacks on the walls of the room: files, processes, network, the kernel. Data only.

Each answers rightly if nothing it tried worked, so it passes when the room held; else its message says what did not.
"""

from __future__ import annotations

from typing import Final

from grader.report.report import Verdict
from tests.hostile.attack import Attack, attack
from tests.hostile.small_course import body, held

PASSED, RAISED = Verdict.PASSED, Verdict.RAISED
RIGHT = "return 2.0 * x\n"

#: what of the grader no room may have
MODULES = (
    "course.folder",
    "grading.grader",
    "grading.interview",
    "grading.reference",
    "judging.engine",
    "report.report",
    "wall.sandbox.forked",
)
GRADER = f"""\
for name in {MODULES}:
    tries(name, lambda: __import__("grader." + name))
import grader
tries("what lies beside it", lambda: open(os.path.dirname(grader.__file__) + "/grading/grader.py"))
import inspect
for module in [m for n, m in list(sys.modules.items()) if n.startswith("grader")]:
    if "expected" in inspect.getsource(module).replace("no expected", "").replace("expected here", ""):
        escaped.append(module.__name__)
"""
ENVIRONMENT = """\
block = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
known = {"CUDA_VISIBLE_DEVICES", "HOME", "KERAS_BACKEND", "LANG", "MALLOC_ARENA_MAX", "MPLBACKEND", "OMP_NUM_THREADS"}
known |= {"OPENBLAS_NUM_THREADS", "PATH", "PWD", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "TMPDIR"}
known |= {"TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "LC_CTYPE", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"}
number = 0
while block[number] is not None:
    name = block[number].decode().partition("=")[0]
    number += 1
    if name not in known:
        escaped.append(name)
escaped += [name for name in os.environ if name not in known]
"""
PROCESSES = """\
for pid in range(1, 300):
    for what in ("environ", "mem", "maps", "fd", "cwd", "root", "exe"):
        path = f"/proc/{pid}/{what}"
        if pid != os.getpid():
            tries(path, lambda: open(path, "rb").read(1))
            tries(path + " as a folder", lambda: os.listdir(path))
            tries(path + " as a link", lambda: os.readlink(path))
tries("the list of processes", lambda: os.listdir("/proc"))
tries("its own maps", lambda: open("/proc/self/maps"))
"""
DESCRIPTORS = """\
for number in range(5, 65536):
    try:
        os.fstat(number)
        escaped.append(number)
    except OSError:
        pass
"""
DEBUGGER = """\
intel = os.uname().machine == "x86_64"
for pid in (1, 2, os.getppid(), os.getpid()):
    tries(f"ptrace {pid}", lambda: call(101 if intel else 117, 16, pid, 0, 0))
    tries(f"read the memory of {pid}", lambda: call(310 if intel else 270, pid, 0, 0, 0, 0, 0))
    tries(f"write the memory of {pid}", lambda: call(311 if intel else 271, pid, 0, 0, 0, 0, 0))
    tries(f"a handle on {pid}", lambda: os.pidfd_open(pid))
tries("a descriptor of another", lambda: call(438, 3, 0, 0))
"""
LASTING = """\
import site, sysconfig
folders = {sysconfig.get_path("purelib"), os.path.dirname(os.__file__), "/usr/lib", "/etc", "/dev/shm", "/var/tmp", "/"}
for folder in folders:
    tries(folder, lambda: open(folder + "/hostile.pth", "w"))
    tries(folder + " as a folder", lambda: os.mkdir(folder + "/__pycache__hostile"))
tries("a library", lambda: open(np.__file__, "a"))
tries("its mode", lambda: os.chmod(np.__file__, 0o777))
tries("its time", lambda: os.utime(np.__file__))
tries("its name", lambda: os.rename(np.__file__, np.__file__ + ".old"))
tries("its end", lambda: os.truncate(np.__file__, 0))
tries("the room's own code", lambda: open(sys.modules["grader.wall.room.worker"].__file__, "a"))
"""
NETWORK = """\
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        tries(f"{family} {kind}", lambda: socket.socket(family, kind))
tries("a pair", socket.socketpair)
tries("a name", lambda: socket.getaddrinfo("example.org", 80))
tries("metadata", lambda: socket.create_connection(("169.254.169.254", 80), 1))
tries("a local server", lambda: socket.create_connection(("127.0.0.1", 5432), 1))
tries("the container socket", lambda: open("/var/run/docker.sock"))
tries("the message bus", lambda: open("/run/dbus/system_bus_socket"))
"""
PROGRAMS = """\
import subprocess
tries("a shell", lambda: subprocess.run("true", shell=True))
tries("pip", lambda: subprocess.run([sys.executable, "-m", "pip", "install", "six"]))
tries("exec", lambda: os.execv(sys.executable, [sys.executable, "-c", "pass"]))
tries("spawn", lambda: os.spawnv(os.P_WAIT, "/usr/bin/env", ["env"]))
import multiprocessing
tries("a pool", lambda: multiprocessing.get_context("fork").Pool(1))
"""
STARTUP = """\
for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "pytest.ini", "numpy.py", "json.py", "a.pth"):
    with open(name, "w") as file:
        file.write("raise SystemExit('taken in')")
os.environ["PYTHONSTARTUP"] = os.environ["PYTHONPATH"] = os.getcwd()
for name in ("json", "numpy.linalg"):
    sys.modules.pop(name, None)
import json
import numpy.linalg
if os.path.dirname(json.__file__) == os.getcwd() or sys.path[0] in ("", os.getcwd()):
    escaped.append(json.__file__)
"""
HOOKS = """\
seen = set()
sys.setprofile(lambda frame, event, arg: seen.add(frame.f_code.co_filename))
sys.settrace(lambda frame, event, arg: seen.add(frame.f_code.co_filename))
sys.addaudithook(lambda event, args: seen.add(event))
"""
HOOKED = """\
both_sides = ("values.py", "frames.py", "protocol.py", "errors.py", "grader/message.py")
both_sides += ("wall/plain.py", "wall/table.py", "wall/pandas_table.py", "wall/unsupported.py")  # parts of values.py
trusted = [name for name in seen if "grader" in name and "/room/" not in name]
assert not [name for name in trusted if not name.endswith(both_sides)], trusted
return 2.0 * x
"""
SIGNALS = """\
import signal
for pid in (-1, 0, 1, 2, os.getppid(), -os.getpgrp()):
    for number in (0, signal.SIGSTOP, signal.SIGKILL):
        if pid != os.getpid():
            tries(f"{number} to {pid}", lambda: os.kill(pid, number))
tries("the group", lambda: os.killpg(os.getpgrp(), signal.SIGSTOP))
tries("a thread of another", lambda: call(200 if os.uname().machine == "x86_64" else 130, os.getppid(), 19))
"""
TERMINAL = """\
import fcntl
for request in (0x5412, 0x5412 | 1 << 31, 0x541C, 0x540E):
    for descriptor in (0, 1, 2):
        tries(f"{request:#x} {descriptor}", lambda: fcntl.ioctl(descriptor, request, b"x"))
intel = os.uname().machine == "x86_64"
tries("TIOCSTI with high bits", lambda: call(16 if intel else 29, 0, 0x5412 | 1 << 32, b"x"))
tries("the terminal", lambda: open("/dev/tty"))
"""
KERNEL = """\
intel = os.uname().machine == "x86_64"
table = {"unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "pivot_root": (155, 41), "chroot": (161, 51)}
table |= {"bpf": (321, 280), "keyctl": (250, 219), "add_key": (248, 217), "userfaultfd": (323, 282)}
table |= {"perf_event_open": (298, 241), "io_uring_setup": (425, 425), "personality": (135, 92), "seccomp": (317, 277)}
table |= {"init_module": (175, 105), "kexec_load": (246, 104), "open_by_handle_at": (304, 265), "fsopen": (430, 430)}
table |= {"open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442), "modify_ldt": (154, 999)}
table |= {"swapon": (167, 224), "reboot": (169, 142), "sethostname": (170, 161), "setuid": (105, 146)}
table |= {"of the future": (999, 999)}
for name, numbers in table.items():
    tries(name, lambda: call(numbers[not intel], 0x10000000, 0, 0, 0, 0))
"""
#: number 39 with the x32 bit; on other machines there is no such entry, and the process ends as if there were
THIRTY_TWO_BIT = """\
import ctypes, signal
if os.uname().machine != "x86_64":
    os.abort()
ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39))
return 2.0 * x
"""
LINKS = """\
tries("a link", lambda: os.symlink("/etc/passwd", "link"))
tries("a second name", lambda: os.link(os.__file__, "second"))
tries("a device", lambda: os.mknod("device", 0o020666, os.makedev(1, 1)))
tries("a pipe with a name", lambda: os.mkfifo("pipe"))
tries("another owner", lambda: os.chown(".", 0, 0))
"""
LOCKS = """\
import fcntl, struct
library = open(os.__file__)  # the same one in every room
for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
    tries("a lock that other rooms see", lambda: fcntl.flock(library, kind | fcntl.LOCK_NB))
whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
tries("who holds it", lambda: fcntl.fcntl(library, fcntl.F_GETLK, whole))
tries("to lock others out", lambda: fcntl.lockf(library, fcntl.LOCK_EX | fcntl.LOCK_NB))
"""

ATTACKS: Final[tuple[Attack, ...]] = (
    attack(20, "import the grader", held(GRADER), PASSED),
    attack(21, "environment", held(ENVIRONMENT), PASSED),
    attack(22, "other processes", held(PROCESSES), PASSED),
    attack((23, 104), "inherited descriptors", held(DESCRIPTORS), PASSED),
    attack(24, "debugger", held(DEBUGGER), PASSED),
    attack(28, "a lock on a library's file", held(LOCKS), PASSED),
    attack(29, "a lasting change", held(LASTING), PASSED),
    attack((30, 31), "network", held(NETWORK), PASSED),
    attack(32, "other programs", held(PROGRAMS), PASSED),
    attack((47, 48, 49), "files that Python or pytest would run", held(STARTUP), PASSED),
    attack(46, "hooks on every call", body(HOOKED, before=HOOKS), PASSED),
    attack(
        90,
        "hidden in base64",
        body(RIGHT, before="import base64\nexec(base64.b64decode('aW1wb3J0IG9zOyBvcy5fZXhpdCgwKQ=='))"),
        RAISED,
    ),
    attack(105, "signals", held(SIGNALS), PASSED),
    attack(106, "terminal", held(TERMINAL), PASSED),
    attack(107, "kernel surface", held(KERNEL), PASSED),
    attack(108, "32-bit system calls", body(THIRTY_TWO_BIT), RAISED),
    attack(110, "links and devices", held(LINKS), PASSED),
)
