"""Which site a database and a folder belong to: they name the same one, or they are not used together."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classes.writing import bytes_there, write_whole
from grader.errors import UsageError
from grader.service.store.database import Database
from grader.service.store.putting import insert_into
from grader.service.store.tables import SiteFact

#: the fact, and the file in a site's folder
FACT: Final = "id"
FILE: Final = "site-id"


def fact(session: Session, key: str, otherwise: dict[str, Any]) -> dict[str, Any]:
    """What is so of the site once and for all: what the first one said who asked. Many may be the first at once."""
    session.execute(insert_into(session, SiteFact).values(key=key, value=otherwise).on_conflict_do_nothing())
    return dict(session.scalars(select(SiteFact.value).where(SiteFact.key == key)).one())


def site_id(database: Database) -> str:
    """The id of the site whose database it is; a new one's is made."""
    with database.read() as session:
        found = session.scalar(select(SiteFact.value).where(SiteFact.key == FACT))
    if found is None:
        with database.begin() as session:
            found = fact(session, FACT, {"id": str(uuid.uuid4())})
    return str(found["id"])


def join(folder: Path, database: Database) -> None:
    """See that a folder belongs to the database's site; a new folder does from now on. Raises UsageError otherwise."""
    ours = site_id(database)
    theirs = (bytes_there(folder / FILE) or b"").decode(errors="replace").strip()
    if theirs and theirs != ours:
        raise UsageError(
            f"{folder} belongs to another site than the database. Name this site's folder with --data, or an empty "
            "one; or the other site's database with --database."
        )
    if not theirs:
        adopt(folder, ours)


def adopt(folder: Path, site: str) -> None:
    """Let a folder belong to that site."""
    write_whole(folder / FILE, f"{site}\n", otherwise="Name another folder with --data.")
