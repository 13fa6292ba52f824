"""Attacks on the machine: ending early, never ending, and eating whatever there is. Data only."""

from __future__ import annotations

from typing import Final

from grader.report.report import Verdict
from tests.hostile.attack import Attack, attack
from tests.hostile.small_course import body, handed_in, held

RAISED, FAILED, PASSED = Verdict.RAISED, Verdict.FAILED, Verdict.PASSED
TIMED_OUT, OVER_LIMIT = Verdict.TIMED_OUT, Verdict.OVER_LIMIT
#: a wall clock that ran out on a busy machine is nobody's zero
SLEPT = (TIMED_OUT,)
RIGHT = "return 2.0 * x\n"

UNHEARING = """\
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    pass
"""
SMALL_THREADS = """\
import threading
threading.stack_size(32768)
while True:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
BUSY_THREADS = """\
import threading
for _ in range(8):
    threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()
return 2.0 * x
"""
WAKING_TOGETHER = """\
import threading, time
threading.stack_size(65536)
def wake():
    while True:
        time.sleep(1 - time.time() % 1)
        sum(range(1000))
for _ in range(900):
    threading.Thread(target=wake, daemon=True).start()
time.sleep(1e6)
"""
UNCOUNTED_MEMORY = """\
import mmap
tries("shared and anonymous", lambda: mmap.mmap(-1, 1 << 20))
tries("memfd", lambda: os.memfd_create("x"))
tries("System V", lambda: call(29 if os.uname().machine == "x86_64" else 194, 0, 1 << 20, 0o1600))
tries("a message queue", lambda: call(68 if os.uname().machine == "x86_64" else 186, 0, 0o1600))
tries("POSIX shared memory", lambda: open("/dev/shm/hostile", "w"))
tries("a larger pipe", lambda: __import__("fcntl").fcntl(os.pipe()[1], 1031, 1 << 24))
tries("zeros", lambda: open("/dev/zero", "r+b"))
"""
DAEMONS = """\
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                pass
        os._exit(0)
tries("fork", daemon)
tries("vfork through the C library", lambda: call(58 if os.uname().machine == "x86_64" else 220, 17, 0, 0, 0, 0))
tries("posix_spawn", lambda: os.posix_spawn("/usr/bin/env", ["env"], {}))
"""
DEEP = """\
for _ in range(2000):
    os.mkdir("d")
    os.chdir("d")
"""
CLOSED = "os.umask(0o777)\nos.mkdir('closed')\nopen('shut', 'w').close()\n"
MANY_FILES = "for n in range(10_000):\n    open(f'f{n}', 'w').close()\n"
LARGE_FILE = "with open('large', 'wb') as file:\n    while True:\n        file.write(bytes(1 << 20))\n"
RESERVED = "for n in range(1000):\n    os.posix_fallocate(os.open(f'{n}', os.O_CREAT | os.O_WRONLY), 0, 32 << 20)\n"
PRIORITIES = """\
tries("affinity", lambda: os.sched_setaffinity(0, {0}))
tries("nice", lambda: os.nice(-5))
tries("nicer", lambda: os.nice(5))
tries("priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
tries("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
tries("more time", lambda: call(302 if os.uname().machine == "x86_64" else 261, 0, 0, bytes(16), 0))
"""

ATTACKS: Final[tuple[Attack, ...]] = (
    attack(1, "exit in the function", body("sys.exit(0)"), RAISED),
    attack(1, "exit above it", body("pass", before="sys.exit(0)"), FAILED),
    attack(2, "hard exit in the function", body("os._exit(0)"), RAISED),
    attack(2, "hard exit above it", body(RIGHT, before="os._exit(0)"), RAISED),
    attack(3, "null pointer", body("import ctypes\nctypes.string_at(0)"), RAISED),
    attack(3, "abort", body("os.abort()"), RAISED),
    attack((109, 3), "kill itself", body("os.kill(os.getpid(), 9)"), RAISED, FAILED),
    attack(4, "endless loop", body("while True: pass"), TIMED_OUT),
    attack(5, "endless C loop", body("import re\nre.match('(a+)+$', 'a' * 60 + 'b')"), TIMED_OUT),
    attack(6, "deaf to signals", body(UNHEARING), TIMED_OUT),
    attack(7, "fork bomb", body("while True: os.fork()"), RAISED),
    attack(8, "thread bomb", body(SMALL_THREADS), RAISED, OVER_LIMIT, *SLEPT),
    attack((8, 13), "threads that go on", body(BUSY_THREADS), Verdict.PARTIAL, RAISED, *SLEPT, earned=4),
    attack(9, "a terabyte at once", body("return bytearray(1 << 40)"), OVER_LIMIT),
    attack(9, "memory bit by bit", body("keep = []\nwhile True: keep.append(bytearray(1 << 20))"), OVER_LIMIT),
    attack(9, "a large answer", body("return np.zeros(5_000_000)"), FAILED, OVER_LIMIT, RAISED),
    attack(10, "memory that no limit counts", held(UNCOUNTED_MEMORY), PASSED),
    attack(11, "a file without end", body(LARGE_FILE), RAISED, *SLEPT),
    attack(11, "disk space reserved", body(RESERVED), RAISED),
    attack(11, "ten thousand files", body(MANY_FILES), RAISED, FAILED, OVER_LIMIT, *SLEPT),
    attack(
        *(11, "folders deeper than any recursion", body(RIGHT, before=DEEP)),
        *(PASSED, Verdict.PARTIAL, OVER_LIMIT),  # by when it is looked at
        earned=10,
    ),
    attack(11, "folders nobody may enter", body(RIGHT, before=CLOSED), PASSED),
    attack(12, "all descriptors", body("keep = []\nwhile True: keep.append(os.dup(0))"), RAISED),
    attack(13, "daemons", held(DAEMONS), PASSED),
    attack(14, "output without end", body("while True: os.write(1, b'x' * 65536)"), OVER_LIMIT),
    attack(15, "output drop by drop", body("import time\nwhile True: print(flush=True), time.sleep(0.05)"), *SLEPT),
    attack(15, "sleep", body("import time\ntime.sleep(1e6)"), *SLEPT),
    attack((15, 17), "threads that wake together, as if the machine were busy", body(WAKING_TOGETHER), *SLEPT),
    attack(16, "open brackets", handed_in("# GRADED CELL: double\ndouble = " + "(" * 100_000), RAISED),
    attack(16, "a long sum", handed_in("# GRADED CELL: double\ndouble = 1" + "+1" * 90_000), RAISED),
    attack(16, "many minuses", handed_in("# GRADED CELL: double\ndouble = " + "-" * 90_000 + "1"), RAISED),
    attack(16, "a large constant", body(RIGHT, before="a = 9 ** 9 ** 9 ** 9"), TIMED_OUT, OVER_LIMIT),
    attack(16, "a large literal", body(RIGHT, before="a = " + "1" * 100_000), RAISED),
    attack(18, "a better place in the queue", held(PRIORITIES), PASSED),
)
