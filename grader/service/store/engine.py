"""The tables and functions of Procrastinate, which lie beside ours: it finds them by the search path alone, so not in a
schema of their own. On SQLite there are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from grader.service.store.database import Database
from grader.service.store.putting import put
from grader.service.store.tables import SiteFact

#: whose migrations were applied last
FACT: Final = "procrastinate"
#: two who prepare at once wait for each other; any number that nobody else locks
LOCK: Final = 0x67726164


def prepare(database: Database) -> None:
    """Bring them to the version that is installed here, from none or from any before. May be called at any time."""
    if database.kind != "postgresql":
        return
    from procrastinate.schema import SchemaManager  # heavy, and on SQLite nobody needs it

    migrations = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with database.begin() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        known = session.get(SiteFact, FACT)
        if known is not None:
            for migration in migrations:
                if migration.name > known.value["migration"]:
                    _run(session, migration.read_text(encoding="utf-8"))
        elif session.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
            _run(session, SchemaManager.get_schema())
        put(session, SiteFact, {"key": FACT}, {"value": {"migration": migrations[-1].name}})


def _run(session: Session, statements: str) -> None:
    """Several at once, with their own percent signs."""
    connection: Any = session.connection().connection.driver_connection
    connection.execute(statements)
