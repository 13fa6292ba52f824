"""A database that is gone, full, locked or damaged: said in words, nothing half stored, and all well afterwards."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from grader.errors import GraderError, StoreDamaged, StoreUnavailable, UsageError
from grader.service.site import Site, Whereabouts, opened
from grader.service.store.blobs import InDatabase
from grader.service.store.database import Database
from grader.service.store.tables import Person
from grader.service.web.app import make_app
from tests.service.classroom import browser, furnish

AS_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root writes wherever it likes")


def persons(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(Person)).one()


def test_a_full_disk_stores_nothing_and_is_said(empty_sqlite: Path, site: Site) -> None:
    """As SQLite says it where it may have no page more; once there is room, everything goes on."""
    if site.database.kind != "sqlite":
        pytest.skip("PostgreSQL's disk is not ours to fill")
    with site.database.read() as session:
        (pages,) = session.execute(text("PRAGMA page_count")).one()

    def store(limit: int) -> None:
        with site.database.begin() as session:
            session.execute(text(f"PRAGMA max_page_count={limit}"))
            session.add(Person(name="Ada", created_at=site.now()))
            session.flush()
            InDatabase().put(session, bytes(10_000_000), now=site.now())

    with pytest.raises(StoreUnavailable, match="disk is full"):
        store(pages + 10)
    assert persons(site.database) == 0
    store(1_000_000)
    assert persons(site.database) == 1


@pytest.mark.parametrize("how", ["?mode=ro&uri=true", "?immutable=1&uri=true"])
def test_a_database_for_reading_alone_can_be_read(empty_sqlite: Path, tmp_path: Path, how: str) -> None:
    """As where the disk is mounted so: pages are shown, and whoever hands in is told."""
    (tmp_path / "site.db").write_bytes(empty_sqlite.read_bytes())
    database = Database(f"sqlite:///file:{tmp_path / 'site.db'}{how}")
    assert persons(database) == 0
    with pytest.raises(StoreUnavailable, match="cannot be written to"), database.begin() as session:
        session.execute(text("delete from person"))
    database.close()


def test_a_transaction_that_may_only_read_is_told_so(site: Site) -> None:
    """As on a PostgreSQL server that follows another."""
    if site.database.kind != "postgresql":
        pytest.skip("SQLite's is a file")
    with pytest.raises(StoreUnavailable, match="can only be read"), site.database.begin() as session:
        session.execute(text("set transaction read only; delete from person"))


def test_a_connection_that_is_cut_loses_nothing_that_was_committed(site: Site) -> None:
    """What was under way is not kept, and the next transaction has a connection again."""
    if site.database.kind != "postgresql":
        pytest.skip("SQLite has no connections that others can cut")
    room = furnish(site)
    with pytest.raises(StoreUnavailable, match="server"):
        cut_while_storing(site)
    assert persons(site.database) == len(room.people)


def cut_while_storing(site: Site) -> None:
    others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    with site.database.begin() as session:
        session.add(Person(name="Eve", created_at=site.now()))
        session.flush()
        with site.database.begin() as other:
            other.execute(text(f"{others} and pid <> pg_backend_pid()"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/grader", "does not answer"),
        ("sqlite:////dev/null/site.db", "cannot be opened"),
        ("mysql://x@y/z", "no database we know"),
        ("grader.db", "no address of a database"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_at_the_start(tmp_path: Path, url: str, said: str) -> None:
    """With what to look at; never with its password, and with no trace of ours."""
    where = Whereabouts(data=tmp_path / "data", database=url.replace("nobody@", "nobody:secret@"))
    with pytest.raises(GraderError, match=said) as found, opened(where):
        pass
    assert "secret" not in str(found.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    """It is not touched."""
    (tmp_path / "site.db").write_bytes(b"What is this? " * 100)
    with pytest.raises(StoreDamaged, match="damaged"), opened(Whereabouts(data=tmp_path)):
        pass
    assert (tmp_path / "site.db").read_bytes() == b"What is this? " * 100


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """With the option that names another."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--data"), opened(Whereabouts(data=tmp_path / "file" / "data")):
        pass


def test_two_sites_never_share_a_folder_or_a_database(site: Site, tmp_path: Path) -> None:
    """Each folder is one site's; a new one is whichever site's it is used for first, so a site may have many hosts."""
    where = Whereabouts(data=tmp_path / "one", database=site.database.url)
    for folder in ("one", "two", "one"):
        with opened(replace(where, data=tmp_path / folder)):
            pass
    with opened(Whereabouts(data=tmp_path / "other")):
        pass
    with pytest.raises(UsageError, match="another site"), opened(replace(where, data=tmp_path / "other")):
        pass


def test_a_site_is_made_where_none_is(tmp_path: Path) -> None:
    """With tables, and a folder that nobody else may look into."""
    with opened(Whereabouts(data=tmp_path / "new" / "site")) as made:
        assert persons(made.database) == 0
    assert (tmp_path / "new" / "site").stat().st_mode & 0o077 == 0


def test_a_site_whose_database_is_gone_says_so(site: Site) -> None:
    """Not that it failed: nothing was done, and when to try again."""
    app = make_app(site)

    @app.get("/store")
    def store() -> None:
        raise StoreUnavailable("The site's database cannot be used: a secret place.")

    page = browser(app).get("/store")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "try again" in page.text
    assert "secret place" not in page.text
