"""A PostgreSQL server for tests: one that runs here, else a cluster of our own, else none, with a reason."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

#: who may make databases on a server that trusts this machine
USERS = ("test", pwd.getpwuid(os.getuid()).pw_name, "postgres")
PROGRAMS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server, `postgresql://USER@HOST:PORT`, on which databases may be made; None if there is none."""
    for user in USERS:
        address = f"postgresql://{user}@127.0.0.1:5432"
        if may_make_databases(address):
            yield address
            return
    if (programs := installed()) is None:
        yield None
        return
    with own_cluster(programs) as cluster:
        yield cluster.address


def may_make_databases(address: str) -> bool:
    """Whether somebody answers there, and lets us."""
    for database in ("test", "postgres"):
        try:
            with psycopg.connect(f"{address}/{database}", connect_timeout=3) as connection:
                asked = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
                return bool((connection.execute(asked).fetchone() or [False])[0])
        except psycopg.Error:
            continue
    return False


def installed() -> Path | None:
    """Where the programs of a server lie, if they are installed."""
    found = [path for pattern in PROGRAMS for path in sorted(Path("/").glob(pattern[1:])) if (path / "initdb").exists()]
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A server of our own. `control` runs `pg_ctl` on it."""

    address: str
    control: Callable[..., None]

    def stop(self) -> None:
        """At once, as when its machine loses power."""
        self.control("-m", "immediate", "stop")

    def start(self) -> None:
        """And wait until it answers."""
        self.control("start")


@contextmanager
def own_cluster(programs: Path) -> Iterator[Cluster]:
    """A cluster in a temporary folder, reached by a socket there alone. PostgreSQL refuses to run as root."""
    owner = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        folder = Path(name)
        if owner is not None:
            shutil.chown(folder, owner)
        run = ("runuser", "-u", owner, "--") if owner else ()
        data = folder / "data"
        called([*run, programs / "initdb", "--no-locale", "-E", "UTF8", "-D", data, "-A", "trust", "-U", "test", "-N"])
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"

        def control(*what: str) -> None:
            called([*run, programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", *what])

        control("start")
        try:
            yield Cluster(address=f"postgresql://test@%2F{str(folder)[1:].replace('/', '%2F')}", control=control)
        finally:
            control("-m", "immediate", "stop")


def called(command: Sequence[str | Path]) -> None:
    """Run a program of the server's, without its talk."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
