"""Dockerfile, compose file and seccomp profile: what in them has to agree with something else. No engine is needed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from grader.cli.staff import staff_app
from grader.wall.sandbox.syscalls import rules

ROOT = Path(__file__).parents[2]
PROFILE = json.loads((ROOT / ".docker" / "seccomp.json").read_text(encoding="utf-8"))
ALLOWED = {name for group in PROFILE["syscalls"] for name in group["names"]}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
#: who runs in containers: we, and the database's own user
OURS = ("${GRADER_USER:-1000:1000}", "1000:1000", "postgres")
UPGRADED = {"upgrade": {"condition": "service_completed_successfully"}}

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


def test_nobody_is_root_in_a_container() -> None:
    """Neither by the image nor by the compose file, which takes away every privilege besides."""
    assert re.findall(r"^USER (\w+)$", text(ROOT / "Dockerfile"), re.MULTILINE) == ["grader"]
    assert [name for name, service in SERVICES.items() if service.get("user") not in OURS] == []
    assert [name for name, service in SERVICES.items() if service["cap_drop"] != ["ALL"]] == []
    assert [name for name, service in SERVICES.items() if not service["read_only"] or "privileged" in service] == []
    assert [name for name, service in SERVICES.items() if "no-new-privileges:true" not in service["security_opt"]] == []


def test_whoever_serves_a_site_can_write_its_folder() -> None:
    """Everything else is read-only: the folder is the volume that the image gives to its user, or made for that user.
    Docker keeps the mode that the image's folder has, whatever mode is asked for."""
    folder = COMPOSE["x-site"]["environment"]["GRADER_DATA"]
    kept, made = f"site:{folder}", f"{folder}:uid=1000,gid=1000"
    serving = {name: service for name, service in SERVICES.items() if service.get("entrypoint") == ["grader"]}

    assert serving.keys() == {"upgrade", "web", "worker", "worker-tier2", "mail"}
    assert {service["user"] for service in serving.values()} == {"1000:1000"}
    assert [
        name for name, each in serving.items() if not {kept, made} & {*each.get("volumes", ()), *each["tmpfs"]}
    ] == []
    assert f"install -d -o grader -g grader -m 700 {folder}" in text(ROOT / "Dockerfile")


def test_only_whoever_grades_gets_what_tier_1_needs() -> None:
    """A path to the profile that leads nowhere would be found out by whoever starts it first."""
    given = {name for name, service in SERVICES.items() if len(service["security_opt"]) > 1}

    assert given == {"grade", "worker"}
    assert set(re.findall(r"seccomp=(\S+)", text(ROOT / "docker-compose.yml"))) == {".docker/seccomp.json"}


def test_only_the_web_can_be_reached_and_reaches_out() -> None:
    """The database and the workers are in a network without a way out; what grades by command is in none."""
    networks = {name: service.get("networks", service.get("network_mode")) for name, service in SERVICES.items()}
    inside = {"db", "upgrade", "worker", "worker-tier2"}

    assert {name for name, where in networks.items() if where == ["inside"]} == inside
    assert {name for name, where in networks.items() if where == "none"} == {"grade", "grade-tier2"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}


def test_no_secret_stands_in_the_compose_file_or_in_the_repository() -> None:
    """The password comes from a file that is nobody's but the machine's."""
    said = [value for service in SERVICES.values() for value in service.get("environment", {}).items()]

    assert [name for name, _ in said if "PASSWORD" in name and not name.endswith("_FILE")] == []
    assert ".docker/secrets/" in text(ROOT / ".gitignore").splitlines()
    assert COMPOSE["secrets"]["db_password"]["file"].endswith(":-.docker/secrets/db_password}")


def test_whatever_goes_on_running_says_how_it_is() -> None:
    """And is started only where what it needs is there."""
    lasting = {name for name, service in SERVICES.items() if service.get("restart") == "unless-stopped"}

    assert lasting == {"db", "web", "worker", "worker-tier2", "mail"}
    assert [name for name in lasting if "test" not in SERVICES[name]["healthcheck"]] == []
    assert [name for name in lasting - {"db"} if SERVICES[name]["depends_on"] != UPGRADED] == []


@pytest.mark.parametrize("name", ["upgrade", "web", "worker", "mail"])
def test_commands_in_the_compose_file_are_commands_of_ours(name: str) -> None:
    """With options that they have."""
    words = [re.sub(r"\$\{\w+:-(.*?)\}", r"\1", word) for word in SERVICES[name]["command"]]
    asked = CliRunner().invoke(staff_app, [*words, "--help"])

    assert (asked.exit_code, asked.exception) == (0, None)


def test_compose_itself_reads_the_file(tmp_path: Path) -> None:
    """By whichever of its programs is installed; no engine is needed to read."""
    plugin = (
        subprocess.run(["docker", "compose", "version"], capture_output=True, check=False) if which("docker") else None
    )
    if plugin is not None and plugin.returncode == 0:
        program = ["docker", "compose"]
    elif which("docker-compose"):
        program = ["docker-compose"]
    else:
        pytest.skip("needs docker compose")
    read = subprocess.run(
        [*program, "-f", ROOT / "docker-compose.yml", "--profile", "tier2", "config", "--services"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert read.returncode == 0, read.stderr
    assert set(read.stdout.split()) >= {"db", "web", "worker", "worker-tier2", "grade-tier2"}
