"""The compiled filter, run by a small interpreter: which call with which arguments gets which answer."""

from __future__ import annotations

import errno
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.wall.room.records import OWN_PID
from grader.wall.sandbox.syscalls import ALLOW, ARCHITECTURES, ERROR, KILL_PROCESS, REFUSE, compile_filter, rules

INTEL, ARM = "x86_64", "aarch64"
THIRTY_TWO_BIT = {INTEL: 0x4000_0003, ARM: 0x4000_0028}
ABSENT = ERROR | errno.ENOSYS
HIGH = 0xDEAD_BEEF << 32
THREAD = 0x003D_0F00  # the flags with which glibc starts a thread
HEADERS = {
    INTEL: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    ARM: Path("/usr/include/asm-generic/unistd.h"),
}


@dataclass(frozen=True, slots=True)
class Machine:
    """Answers calls as the kernel would with our filter."""

    name: str
    program: bytes

    def answer(self, number: int, *arguments: int, architecture: int | None = None) -> int:
        """What the filter returns for system call `number`."""
        arch = ARCHITECTURES[self.name] if architecture is None else architecture
        padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
        return _run(self.program, struct.pack("<IIQ6Q", number, arch, 0, *padded))

    def call(self, name: str, *arguments: int) -> int:
        """What the filter returns for the call of that name."""
        numbers = {rule.name: rule.number for rule in rules(self.name)}
        return self.answer(numbers[name], *arguments)


def _run(program: bytes, data: bytes) -> int:
    accumulator = position = 0
    while True:
        code, if_true, if_false, operand = struct.unpack_from("<HBBI", program, 8 * position)
        position += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                accumulator &= operand
            case 0x15:
                position += if_true if accumulator == operand else if_false
            case 0x35:
                position += if_true if accumulator >= operand else if_false
            case 0x06:
                return int(operand)
            case _:
                raise AssertionError(f"an instruction we never use: {code:#x}")


@pytest.fixture(params=[INTEL, ARM])
def machine(request: pytest.FixtureRequest) -> Machine:
    """Each machine we have a table for."""
    return Machine(request.param, compile_filter(request.param))


CALLS = [
    pytest.param("read", (0,), ALLOW, id="an everyday call"),
    pytest.param("clone", (THREAD,), ALLOW, id="a thread"),
    pytest.param("clone", (THREAD | HIGH,), ALLOW, id="a thread, high bits ignored as the kernel does"),
    pytest.param("clone", (17,), REFUSE, id="fork as glibc does it"),
    pytest.param("clone", (THREAD | 0x0002_0000,), REFUSE, id="a thread with its own mounts"),
    pytest.param("clone", (THREAD | 0x0200_0000,), REFUSE, id="a thread with its own cgroup view"),
    pytest.param("clone", (THREAD | 0x1000_0000,), REFUSE, id="a thread in a user namespace"),
    pytest.param("clone", (THREAD | 0x4000_0000,), REFUSE, id="a thread in a network namespace"),
    pytest.param("clone", (0x4000_0000 | 17,), REFUSE, id="a process in a network namespace"),
    pytest.param("clone", (THREAD & ~0x400,), REFUSE, id="a thread with descriptors of its own"),
    pytest.param("close_range", (3, 9, 0), ALLOW, id="close descriptors"),
    pytest.param("close_range", (3, 9, 2), REFUSE, id="CLOSE_RANGE_UNSHARE"),
    pytest.param("clone3", (0,), ABSENT, id="clone3 hides its flags, so it does not exist"),
    pytest.param("ioctl", (0, 0x5401), ALLOW, id="is it a terminal"),
    pytest.param("ioctl", (0, 0x5412), REFUSE, id="TIOCSTI"),
    pytest.param("ioctl", (0, 0x5412 | HIGH), REFUSE, id="TIOCSTI with high bits"),
    pytest.param("fcntl", (0, 1030), ALLOW, id="F_DUPFD_CLOEXEC"),
    pytest.param("fcntl", (0, 6), ALLOW, id="F_SETLK"),
    pytest.param("fcntl", (0, 5), REFUSE, id="F_GETLK shows what other rooms hold"),
    pytest.param("flock", (0,), ABSENT, id="flock tells other rooms"),
    pytest.param("fcntl", (0, 8), REFUSE, id="F_SETOWN"),
    pytest.param("fcntl", (0, 1031), REFUSE, id="F_SETPIPE_SZ"),
    pytest.param("kill", (OWN_PID,), ALLOW, id="kill itself"),
    pytest.param("kill", (1,), REFUSE, id="kill process 1"),
    pytest.param("kill", (0,), REFUSE, id="kill its group"),
    pytest.param("kill", (0xFFFF_FFFF,), REFUSE, id="kill everyone"),
    pytest.param("tgkill", (OWN_PID, 7), ALLOW, id="signal a thread of its own"),
    pytest.param("tgkill", (7, 7), REFUSE, id="signal another's thread"),
    pytest.param("prctl", (15,), ALLOW, id="name a thread"),
    pytest.param("prctl", (1,), REFUSE, id="PR_SET_PDEATHSIG"),
    pytest.param("prctl", (4,), REFUSE, id="PR_SET_DUMPABLE"),
    pytest.param("prlimit64", (0, 7, 0), ALLOW, id="read its limits"),
    pytest.param("prlimit64", (0, 7, 0x7FFF_1234), REFUSE, id="set its limits"),
    pytest.param("prlimit64", (0, 7, 0x7FFF << 32), REFUSE, id="set its limits from an address with a zero lower half"),
    pytest.param("prlimit64", (5, 7, 0), REFUSE, id="read another's limits"),
    pytest.param("mmap", (0, 4096, 3, 0x22), ALLOW, id="private memory"),
    pytest.param("mmap", (0, 4096, 5, 0x02), ALLOW, id="a library"),
    pytest.param("mmap", (0, 4096, 3, 0x2_0022), ALLOW, id="a thread's stack"),
    pytest.param("mmap", (0, 4096, 3, 0x21), REFUSE, id="shared memory without a file"),
    pytest.param("mmap", (0, 4096, 3, 0x23), REFUSE, id="shared and validated memory without a file"),
    pytest.param("mmap", (0, 4096, 3, 0x122), REFUSE, id="memory counted as stack"),
]

#: refused whatever the arguments; numbers as [x86_64, aarch64]
NEVER: dict[str, list[int | None]] = {
    "fork": [57, None],
    "vfork": [58, None],
    "execve": [59, 221],
    "execveat": [322, 281],
    "ptrace": [101, 117],
    "process_vm_readv": [310, 270],
    "process_vm_writev": [311, 271],
    "pidfd_open": [434, 434],
    "pidfd_getfd": [438, 438],
    "pidfd_send_signal": [424, 424],
    "rt_sigqueueinfo": [129, 138],
    "tkill": [200, 130],
    "unshare": [272, 97],
    "setns": [308, 268],
    "mount": [165, 40],
    "umount2": [166, 39],
    "pivot_root": [155, 41],
    "chroot": [161, 51],
    "mount_setattr": [442, 442],
    "socket": [41, 198],
    "socketpair": [53, 199],
    "shmget": [29, 194],
    "msgget": [68, 186],
    "semget": [64, 190],
    "mq_open": [240, 180],
    "memfd_create": [319, 279],
    "io_uring_setup": [425, 425],
    "bpf": [321, 280],
    "keyctl": [250, 219],
    "userfaultfd": [323, 282],
    "perf_event_open": [298, 241],
    "seccomp": [317, 277],
    "sched_setaffinity": [203, 122],
    "personality": [135, 92],
    "fchmodat": [268, 53],
    "utimensat": [280, 88],
    "symlinkat": [266, 36],
    "setuid": [105, 146],
    "a call of the future": [999, 999],
}


@pytest.mark.parametrize(("name", "arguments", "answer"), CALLS)
def test_a_call_is_judged_by_its_name_and_arguments(
    machine: Machine, name: str, arguments: tuple[int, ...], answer: int
) -> None:
    """The table says what each call gets, on both machines."""
    assert machine.call(name, *arguments) == answer


@pytest.mark.parametrize("name", NEVER)
def test_a_call_that_is_not_on_the_list_is_refused(machine: Machine, name: str) -> None:
    """What reaches other processes, the network, privileges or uncounted memory answers EPERM."""
    number = NEVER[name][[INTEL, ARM].index(machine.name)]
    if number is not None:
        assert machine.answer(number) == REFUSE


def test_a_call_through_the_32_bit_entry_kills(machine: Machine) -> None:
    """The numbers mean other calls there, so none is looked at."""
    assert machine.answer(0, architecture=THIRTY_TWO_BIT[machine.name]) == KILL_PROCESS


@given(number=st.integers(0x4000_0000, 0xFFFF_FFFF))
def test_a_call_with_the_x32_bit_kills(number: int) -> None:
    """x32 shares the 64-bit entry and is told by its numbers."""
    assert Machine(INTEL, compile_filter(INTEL)).answer(number) == KILL_PROCESS


@given(number=st.integers(0, 0x3FFF_FFFF), arguments=st.tuples(*[st.integers(0, 2**64 - 1)] * 6))
def test_every_call_gets_an_answer(number: int, arguments: tuple[int, ...]) -> None:
    """The program ends in a known verdict for any number and any arguments."""
    assert Machine(ARM, compile_filter(ARM)).answer(number, *arguments) in {ALLOW, REFUSE, ABSENT}


def test_numbers_are_those_of_the_kernel_headers(machine: Machine) -> None:
    """Every number in the table is the one the C headers give for that name."""
    if not HEADERS[machine.name].exists():
        pytest.skip("the kernel headers are not installed")
    text = HEADERS[machine.name].read_text(encoding="utf-8")
    known = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text))
    known.setdefault("newfstatat", known.get("fstatat", ""))  # the generic table's name for it
    assert {rule.name: rule.number for rule in rules(machine.name)} == {
        rule.name: int(known[rule.name]) for rule in rules(machine.name)
    }


def test_no_number_has_two_rules(machine: Machine) -> None:
    """A second rule for a number would never be reached."""
    numbers = [rule.number for rule in rules(machine.name)]
    assert len(numbers) == len(set(numbers))


def test_a_machine_without_a_table_is_refused() -> None:
    """There is no default table: the numbers differ on every machine."""
    with pytest.raises(KeyError):
        compile_filter("riscv64")
