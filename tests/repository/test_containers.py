"""Dockerfile, compose file and seccomp profile: what in them has to agree with something else. No engine is needed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from grader.sandbox.syscalls import rules

ROOT = Path(__file__).parents[2]
PROFILE = json.loads((ROOT / ".docker" / "seccomp.json").read_text(encoding="utf-8"))
ALLOWED = {name for group in PROFILE["syscalls"] for name in group["names"]}

#: calls with which a process leaves or changes the machine, and which no grader needs
DANGEROUS = (
    *("add_key", "keyctl", "request_key", "bpf", "perf_event_open", "io_uring_setup", "userfaultfd"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "settimeofday", "syslog"),
    *("ptrace", "process_vm_writev", "personality", "iopl", "ioperm", "move_mount", "open_by_handle_at"),
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_whatever_a_room_may_call_the_container_lets_pass() -> None:
    """The profile would otherwise take away what the room's own list gives."""
    assert {rule.name for rule in rules("x86_64") + rules("aarch64")} - ALLOWED == set()


def test_the_profile_lets_a_plain_user_make_a_box() -> None:
    """The calls that Docker's own profile refuses, and tier 1 is made of."""
    assert {"clone", "clone3", "mount", "mount_setattr", "pivot_root", "setns", "umount2", "unshare"} <= ALLOWED


@pytest.mark.parametrize("call", DANGEROUS)
def test_the_profile_refuses_what_no_grader_needs(call: str) -> None:
    """By default, and it is on no list."""
    assert PROFILE["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {group["action"] for group in PROFILE["syscalls"]} == {"SCMP_ACT_ALLOW"}
    assert call not in ALLOWED


def test_each_call_is_on_one_list_of_the_profile() -> None:
    """And each list says what it is for."""
    names = [name for group in PROFILE["syscalls"] for name in group["names"]]

    assert len(names) == len(ALLOWED)
    assert all(group["comment"] for group in PROFILE["syscalls"])


def test_what_the_image_is_made_of_is_not_ignored() -> None:
    """Every file that Dockerfile copies is there, and an exception in .dockerignore."""
    copied = [
        word
        for line in re.findall(r"^COPY (.+) \S+$", text(ROOT / "Dockerfile"), re.MULTILINE)
        for word in line.split()
    ]
    shown = {line[1:] for line in text(ROOT / ".dockerignore").splitlines() if line.startswith("!")}

    assert set(copied) == shown
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_nobody_is_root_in_the_container() -> None:
    """Neither by the image nor by the compose file, which takes away every privilege besides."""
    compose = text(ROOT / "docker-compose.yml")

    assert re.findall(r"^USER (\w+)$", text(ROOT / "Dockerfile"), re.MULTILINE) == ["grader"]
    assert "user: ${GRADER_USER:-1000:1000}" in compose
    assert "cap_drop: [ALL]" in compose
    assert "privileged: true" not in compose
    assert compose.count("no-new-privileges:true") == len(re.findall(r"^  grade[\w-]*:$", compose, re.MULTILINE)) == 2


def test_the_profile_is_where_the_compose_file_looks_for_it() -> None:
    """A path that leads nowhere would be found out by whoever starts it first."""
    assert re.findall(r"seccomp=(\S+)", text(ROOT / "docker-compose.yml")) == [".docker/seccomp.json"]
