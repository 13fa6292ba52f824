"""Bytes that a site keeps: the same wherever they lie, once for each content, and never others than were put."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from grader.errors import StoreDamaged, StoreUnavailable, UsageError
from grader.service.site import Site
from grader.service.store.blobs import Blobs, InDatabase, InStore, blobs_at
from grader.service.store.tables import Blob

HELLO = b"hello"
SHA256 = hashlib.sha256(HELLO).hexdigest()
PLACES: dict[str, Callable[[Path], Blobs]] = {
    "database": lambda _: InDatabase(),
    "folder": lambda folder: InStore(str(folder / "blobs")),
    "store": lambda _: InStore(f"memory://{uuid.uuid4()}"),
}


@pytest.fixture(params=PLACES)
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """Each of the places."""
    return PLACES[request.param](tmp_path)


def test_what_was_put_is_got(blobs: Blobs, site: Site) -> None:
    """Under its own digest."""
    with site.database.begin() as session:
        assert blobs.put(session, HELLO, now=site.now()) == SHA256
    with site.database.read() as session:
        assert blobs.get(session, SHA256) == HELLO


def test_the_same_bytes_are_kept_once(blobs: Blobs, site: Site) -> None:
    """However often they are handed in."""
    for _ in range(2):
        with site.database.begin() as session:
            blobs.put(session, HELLO, now=site.now())
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == 1


def test_what_is_rolled_back_was_never_put(blobs: Blobs, site: Site) -> None:
    """And can be put later."""
    with site.database.read() as session:
        blobs.put(session, HELLO, now=site.now())
    with site.database.read() as session, pytest.raises(StoreDamaged):
        blobs.get(session, SHA256)
    with site.database.begin() as session:
        blobs.put(session, HELLO, now=site.now())
        assert blobs.get(session, SHA256) == HELLO


def test_what_is_dropped_is_gone_and_may_come_again(blobs: Blobs, site: Site) -> None:
    """Nothing remembers it."""
    with site.database.begin() as session:
        blobs.put(session, HELLO, now=site.now())
    with site.database.begin() as session:
        blobs.drop(session, SHA256)
    with site.database.read() as session, pytest.raises(StoreDamaged):
        blobs.get(session, SHA256)
    with site.database.begin() as session:
        blobs.put(session, HELLO, now=site.now())
        assert blobs.get(session, SHA256) == HELLO


@pytest.mark.parametrize("name", ["", "abc", SHA256.upper(), f"../{SHA256}", "0" * 64])
def test_what_is_no_blob_is_our_fault(blobs: Blobs, site: Site, name: str) -> None:
    """Names come from our own rows: one that leads nowhere is damage, and opens no other file."""
    with site.database.read() as session, pytest.raises(StoreDamaged):
        blobs.get(session, name)


def test_damaged_bytes_are_never_handed_over(site: Site) -> None:
    """What was handed in is not what is there: nobody is graded by that."""
    with site.database.begin() as session:
        site.blobs.put(session, HELLO, now=site.now())
        session.execute(update(Blob).values(content=b"hallo"))
    with site.database.read() as session, pytest.raises(StoreDamaged, match="damaged"):
        site.blobs.get(session, SHA256)


@pytest.mark.parametrize(
    ("damage", "said"), [(lambda path: path.write_bytes(b"x"), "damaged"), (Path.unlink, "missing")]
)
def test_damaged_files_are_never_handed_over(
    site: Site, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    """As above; and to put the bytes again mends them."""
    blobs = InStore(str(tmp_path / "blobs"))
    with site.database.begin() as session:
        blobs.put(session, HELLO, now=site.now())
    damage(tmp_path / "blobs" / SHA256[:2] / SHA256)
    with site.database.begin() as session:
        with pytest.raises(StoreDamaged, match=said):
            blobs.get(session, SHA256)
        blobs.put(session, HELLO, now=site.now())
        assert blobs.get(session, SHA256) == HELLO


def test_a_site_may_move_its_blobs_out(site: Site, tmp_path: Path) -> None:
    """What the database holds is read on; whoever forgets to say where the others are is told."""
    outside = InStore(str(tmp_path / "blobs"))
    with site.database.begin() as session:
        inside = site.blobs.put(session, b"before", now=site.now())
        after = outside.put(session, b"after", now=site.now())
        assert outside.get(session, inside) == b"before"
        with pytest.raises(StoreDamaged, match="--blobs"):
            site.blobs.get(session, after)


def test_a_store_that_takes_nothing_stores_nothing(site: Site, tmp_path: Path) -> None:
    """The transaction fails with it, so no receipt is given for bytes that are nowhere."""
    (tmp_path / "blobs").write_text("a file where a folder should be")
    blobs = InStore(str(tmp_path / "blobs"))
    with pytest.raises(StoreUnavailable, match="Nothing was stored"), site.database.begin() as session:
        blobs.put(session, HELLO, now=site.now())
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == 0


def test_a_url_of_no_store_is_refused() -> None:
    """Before anything is handed in."""
    with pytest.raises(UsageError, match="cannot be kept in nowhere"):
        blobs_at("nowhere://bucket")
