"""A site in one file: all of it as it was at one moment, and the same site wherever it is restored."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from grader.errors import StoreDamaged, UsageError
from grader.policy.state import State
from grader.policy.terms import Deduction, Relief, Terms
from grader.service.operations.backup import back_up, restore
from grader.service.operations.backup_file import MOST_BLOB, opened_backup
from grader.service.operations.rows import lines_of
from grader.service.site import Site
from grader.service.store.blobs import InStore
from grader.service.store.database import Database
from grader.service.store.identity import FILE, join, site_id
from grader.service.store.migrating import VERSIONS
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt, Audit, Blob, Extension, Person, Role, SiteFact, Standing, Table
from tests.service.classroom import Classroom, furnish, handed_in
from tests.service.clock import StoppedClock


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """An empty site on each database, beside the one that is backed up."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "site.db")
        database = Database(f"sqlite:///{folder / 'site.db'}")
        yield Site(database=database, data=folder, now=clock)
        database.close()
        return
    database = Database(request.getfixturevalue("another_postgres").emptied())
    yield Site(database=database, data=folder, now=clock)
    database.close()


def used(site: Site) -> Classroom:
    """A site with something in most of its tables, in every kind of column."""
    join(site.data, site.database)
    terms = Terms(due=site.now() + timedelta(days=1), deduction=Deduction(percent=10), attempts=3)
    room = furnish(site, terms=terms)
    attempt = handed_in(room, "ada", state=State.RUNNING)
    handed_in(room, "bob", state=State.GRADED)
    with site.database.begin() as session:
        row = session.get_one(Attempt, attempt)
        row.worker, row.lease_until, row.fence = "w1", site.now(), 4
        row.stage = Stage(exercise=1, exercises=2, title="Softmax")
        session.add(
            Extension(
                opening_id=room.opening_id,
                person_id=room.people["ada"],
                relief=Relief(extra_attempts=1),
                reason="Ill, 生病",
                at=site.now(),
            )
        )
        session.add(
            Standing(
                opening_id=room.opening_id, person_id=room.people["bob"], attempts=1, waiting=0, earned=19, possible=20
            )
        )
        session.add(Audit(at=site.now(), action="grant", subject="person:1", details={"days": 2}))
    return room


def all_rows(site: Site) -> dict[str, list[str]]:
    """But those that are the database's own."""
    with site.database.read() as session:
        rows = {table.name: list(lines_of(session, table)) for table in Table.metadata.sorted_tables}
    return rows | {"site_fact": [row for row in rows["site_fact"] if "procrastinate" not in row]}


def test_a_site_is_the_same_where_it_is_restored(site: Site, elsewhere: Site, tmp_path: Path) -> None:
    """Row for row and byte for byte, from either database to either; only what was being graded waits again."""
    room = used(site)
    kept = back_up(site, tmp_path / "site.zip")
    restored = restore(tmp_path / "site.zip", elsewhere)
    with site.database.begin() as session:
        again = {"state": State.WAITING, "worker": None, "lease_until": None, "stage": None, "fence": 5}
        session.execute(update(Attempt).where(Attempt.state == State.RUNNING).values(again))

    assert all_rows(elsewhere) == all_rows(site)
    assert kept == restored
    assert kept.damaged == ()
    assert (elsewhere.data / FILE).read_text().strip() == site_id(site.database)
    furnish(
        replace(room.site, database=elsewhere.database), slug="another", people={"eve": Role.STUDENT}
    )  # ids are counted on


def test_a_backup_is_of_one_moment(site: Site, elsewhere: Site, tmp_path: Path) -> None:
    """Whatever is handed in while it is made: each attempt in it has its student, its bytes and its opening."""
    room = used(site)
    done = threading.Event()

    def go_on() -> None:
        number = 2
        while not done.is_set():
            handed_in(room, "bob", number=number, state=State.GRADED)
            number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for number in range(3):
            back_up(site, tmp_path / f"{number}.zip")
    finally:
        done.set()
        writer.join()
    restore(tmp_path / "2.zip", elsewhere)
    with elsewhere.database.read() as session:
        attempts = session.scalars(select(func.count()).select_from(Attempt)).one()
        assert session.scalar(select(func.count()).select_from(Blob)) == attempts + 1  # the course's archive
        for sha256 in session.scalars(select(Attempt.sha256)).all():
            elsewhere.blobs.get(session, sha256)


def test_blobs_outside_the_database_are_in_it_too(site: Site, elsewhere: Site, tmp_path: Path) -> None:
    """And go to wherever the restored site keeps its own."""
    outside = replace(site, blobs=InStore(str(tmp_path / "outside")))
    join(site.data, site.database)
    with site.database.begin() as session:
        sha256 = outside.blobs.put(session, b"bytes", now=site.now())
    back_up(outside, tmp_path / "site.zip")
    restore(tmp_path / "site.zip", elsewhere)
    with elsewhere.database.read() as session:
        assert elsewhere.blobs.get(session, sha256) == b"bytes"


def test_a_damaged_blob_costs_no_backup(site: Site, elsewhere: Site, tmp_path: Path) -> None:
    """It is said which one; all else is kept, and nobody is graded by what is left of it."""
    used(site)
    with site.database.begin() as session:
        sha256 = site.blobs.put(session, b"bytes", now=site.now())
        session.execute(update(Blob).where(Blob.sha256 == sha256).values(content=b"rotten"))
    assert back_up(site, tmp_path / "site.zip").damaged == (sha256,)
    assert restore(tmp_path / "site.zip", elsewhere).damaged == (sha256,)
    with elsewhere.database.read() as session, pytest.raises(StoreDamaged):
        elsewhere.blobs.get(session, sha256)


def test_a_site_in_use_is_not_overwritten(site: Site, tmp_path: Path) -> None:
    """Neither by a backup of itself nor of another."""
    used(site)
    back_up(site, tmp_path / "site.zip")
    before = all_rows(site)
    with pytest.raises(UsageError, match=r"in use.*--data"):
        restore(tmp_path / "site.zip", site)
    assert all_rows(site) == before


def test_a_backup_is_for_its_owner_and_written_over_nothing(site: Site, tmp_path: Path) -> None:
    """It holds keys and what people handed in."""
    used(site)
    back_up(site, tmp_path / "site.zip")
    assert (tmp_path / "site.zip").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="exists"):
        back_up(site, tmp_path / "site.zip")
    with pytest.raises(UsageError, match="cannot be written"):
        back_up(site, tmp_path / "no" / "site.zip")
    assert [path.name for path in tmp_path.glob(".*.new")] == []


def rewritten(file: Path, name: str, data: bytes | None, *, packing: int = zipfile.ZIP_STORED) -> None:
    """The backup with another member of that name, or without it."""
    with zipfile.ZipFile(file) as reading:
        members = {each: reading.read(each) for each in reading.namelist()}
    members.pop(name)
    with zipfile.ZipFile(file, "w", packing) as writing:
        for each, content in (members | ({} if data is None else {name: data})).items():
            writing.writestr(each, content)


@pytest.mark.parametrize(
    ("member", "data", "said"),
    [
        ("site.json", None, "no backup"),
        ("site.json", b"{}", "no backup"),
        ("tables/person.jsonl", None, "damaged"),
        ("tables/site_fact.jsonl", b"", "damaged"),
        ("tables/person.jsonl", b'{"id": 1, "name": "Eve", "evil": 1}\n', "damaged"),
        ("tables/blob.jsonl", b"not json\n", "damaged"),
        ("site.json", b" " * 2_000_000, "no backup"),
        ("tables/person.jsonl", b"{}\n" * 1_000_000, "damaged"),
    ],
)
def test_a_damaged_backup_restores_nothing(
    site: Site, tmp_path: Path, member: str, data: bytes | None, said: str
) -> None:
    """Rather than a site that lacks something: whatever was read before is taken back."""
    join(site.data, site.database)
    back_up(site, tmp_path / "site.zip")
    rewritten(tmp_path / "site.zip", member, data)
    before = all_rows(site)
    with pytest.raises((StoreDamaged, UsageError), match=said):
        restore(tmp_path / "site.zip", site)
    assert all_rows(site) == before


def test_of_a_hostile_backup_no_more_is_read_than_it_says_there_is(on_sqlite: Site, tmp_path: Path) -> None:
    """Bytes that a blob's row does not own up to, a row without an end, what is packed in another way than ours."""
    used(on_sqlite)
    back_up(on_sqlite, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as reading:
        blob = next(name.removeprefix("blobs/") for name in reading.namelist() if name.startswith("blobs/"))
    rewritten(tmp_path / "site.zip", f"blobs/{blob}", b"0" * 10**6)
    with opened_backup(tmp_path / "site.zip") as reading, pytest.raises(StoreDamaged):
        reading.blob(blob, 16)
    with opened_backup(tmp_path / "site.zip") as reading, pytest.raises(StoreDamaged):
        reading.blob(blob, MOST_BLOB + 1)
    rewritten(tmp_path / "site.zip", "site.json", b"{}", packing=zipfile.ZIP_LZMA)
    with pytest.raises(UsageError, match="no backup"), opened_backup(tmp_path / "site.zip"):
        pass


def test_what_is_no_backup_is_refused(site: Site, tmp_path: Path) -> None:
    """A file that is missing, or was cut off, or never was one."""
    join(site.data, site.database)
    back_up(site, tmp_path / "whole.zip")
    (tmp_path / "half.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:-100])
    (tmp_path / "text.zip").write_text("text")
    for name in ("half.zip", "text.zip", "missing.zip"):
        with pytest.raises(UsageError, match=name):
            restore(tmp_path / name, site)


def test_a_backup_of_another_version_names_the_grader_that_reads_it(site: Site, tmp_path: Path) -> None:
    """Nothing is guessed about tables that this version does not know."""
    join(site.data, site.database)
    back_up(site, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as reading:
        about = reading.read("site.json")
    rewritten(tmp_path / "site.zip", "site.json", about.replace(f'"{VERSIONS[-1]}"'.encode(), b'"0000"'))
    with pytest.raises(UsageError, match="version 0000"):
        restore(tmp_path / "site.zip", site)
    with site.database.read() as session:
        assert session.get(SiteFact, "id") is not None
        assert session.scalar(select(func.count()).select_from(Person)) == 0
