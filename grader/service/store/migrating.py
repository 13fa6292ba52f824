"""How a database gets the tables of this version, whatever version made it, and how it goes back. Steps: `migrations/`.

Whoever changes `tables.py` adds a step, or a test fails. From a shell, in the repository:

    python -c "from grader.service.store.migrating import draft; draft('what changes')"

writes it from the difference. Read it, and give what rows hold a thought: it must work both ways on both databases with
data in them. Its columns have plain types, not ours, so that a step goes on meaning what it meant. Processes of the
version before go on working while a database is upgraded: so add what they need not know (nullable, or with a default
of the server's), and take away only what they no longer use.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, text

from grader.errors import StoreDamaged, UsageError
from grader.service.store.batch_tables import Batch
from grader.service.store.columns import Choice, Choices, Data, Moment, Points
from grader.service.store.database import Database
from grader.service.store.engine import prepare
from grader.service.store.faults import told
from grader.service.store.feed_tables import CalendarFeed
from grader.service.store.lti_score_tables import LtiSender
from grader.service.store.lti_tables import LtiPlatform
from grader.service.store.mail_tables import Mail
from grader.service.store.mark_tables import MarkChange
from grader.service.store.regrade_tables import RegradeSet

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER: Final = Path(__file__).parent / "migrations"
#: versions are numbers in a row: 0001, 0002, ...
VERSIONS: Final = tuple(sorted(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")))
#: one table of each further module that has some: by being named here they are among those of `METADATA`
FURTHER: Final = (Batch, CalendarFeed, LtiPlatform, LtiSender, Mail, MarkChange, RegradeSet)
METADATA: Final = FURTHER[0].metadata
#: before the first: no tables
NOTHING: Final = "base"
#: what PostgreSQL's lock is called by everybody who upgrades
_LOCK: Final = 0x67726164
#: where Alembic writes down which version it is
_VERSION: Final = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
#: tables in the same database that are others' business
_FOREIGN: Final = re.compile(r"procrastinate_")


def upgrade(database: Database) -> None:
    """Bring the database to this version's tables. Several processes may do so at once. Raises UsageError if a newer
    version of the grader made it, or something else did."""
    with alone(database) as connection:
        version = _refused(connection)
        if version is None and not _has(connection, _VERSION.name):
            _make(connection)
        elif version != VERSIONS[-1]:
            _climb(connection)
    prepare(database)


def _make(connection: Connection) -> None:
    """All tables where there are none, as the steps together would: a new site does not wait for its own history."""
    tables = _copied() if connection.dialect.supports_alter else METADATA
    tables.create_all(connection, checkfirst=False)
    _VERSION.create(connection)
    connection.execute(_VERSION.insert(), {"version_num": VERSIONS[-1]})


def _copied() -> MetaData:
    """What is added by ALTER is marked by SQLAlchemy as made, and would be left out of the next database that this
    process makes: so the marks are set on copies."""
    copies = MetaData(naming_convention=METADATA.naming_convention)
    for table in METADATA.tables.values():
        table.to_metadata(copies)
    return copies


def _climb(connection: Connection) -> None:
    """From whatever version it has, step by step."""
    from alembic import command  # as heavy as half a start, and most processes find the tables as they should be

    command.upgrade(_config(connection), "head")


def downgrade(database: Database, to: str) -> None:
    """Take the database back to the tables of version `to`, or to NOTHING. Raises UsageError as `upgrade`."""
    if to not in (NOTHING, *VERSIONS):
        raise UsageError(f"There is no version {to!r} of the tables. Versions: {', '.join(VERSIONS)}.")
    from alembic import command  # as above

    with alone(database) as connection:
        _refused(connection)
        command.downgrade(_config(connection), to)


def version_of(database: Database) -> str | None:
    """The version of its tables; None for a database without tables of ours. Raises UsageError as `upgrade`."""
    with database.read() as session:
        return _refused(session.connection())


def is_current(database: Database) -> bool:
    """Whether it has the tables of this version. Raises UsageError as `upgrade`."""
    return version_of(database) == VERSIONS[-1]


def is_newer(database: Database) -> bool:
    """Whether a newer grader has upgraded it. Steps leave what the version before needs, so whoever runs goes on."""
    with database.read() as session:
        connection = session.connection()
        if not _has(connection, _VERSION.name):
            return False
        version = connection.scalar(text("select version_num from alembic_version"))
    return version is not None and version not in VERSIONS


def differences(database: Database) -> list[Any]:
    """What `tables.py` says otherwise than the database has it; nothing, where all steps were written."""
    from alembic.autogenerate import compare_metadata  # as above
    from alembic.migration import MigrationContext

    with database.read() as session:
        options = {"include_name": _is_ours, "compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(session.connection(), opts=options), METADATA))


def draft(message: str) -> None:
    """For whoever develops the grader: write the next step from what `tables.py` says otherwise than the last one."""
    from alembic import command  # as above

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/draft.db")
        with alone(database) as connection:
            _climb(connection)
        with alone(database) as connection:
            command.revision(_config(connection), message, autogenerate=True, rev_id=f"{len(VERSIONS) + 1:04}")
        database.close()


def _has(connection: Connection, name: str) -> bool:
    return inspect(connection).has_table(name)


def _refused(connection: Connection) -> str | None:
    """The version it has, unless this program must not touch it."""
    names = set(inspect(connection).get_table_names())
    if _VERSION.name not in names:
        if names & set(METADATA.tables):
            raise UsageError("The database has tables of another program. Name an empty one, or the site's own.")
        return None
    version = connection.scalar(text("select version_num from alembic_version"))
    if version is not None and version not in VERSIONS:
        raise UsageError(
            f"A newer grader made this database: its tables have version {version}, this grader knows {VERSIONS[-1]}. "
            "Install the newer one here, or name another database."
        )
    return None if version is None else str(version)


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """A transaction in which nobody else changes tables: all of it is done, or nothing."""
    with told(), database.engine.execution_options(writes=True).connect() as connection:
        if database.kind == "sqlite":
            _without_references(connection)
        try:
            with connection.begin():
                if database.kind == "postgresql":
                    connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
                yield connection
                if database.kind == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreDamaged("The step left rows that refer to nothing; it was not done.")
        finally:
            connection.invalidate()


def _without_references(connection: Connection) -> None:
    """SQLite changes a table by making it anew, and would take what refers to its rows for orphans."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # as above

    config = Config(stdout=io.StringIO(), output_buffer=io.StringIO())
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, include_name=_is_ours, render_item=_plain)
    return config


def _plain(kind: str, thing: Any, context: Any) -> str | Literal[False]:
    """How a step writes a column of ours; Alembic's own way for everything else."""
    match thing:
        case Moment() if kind == "type":
            return "sa.DateTime(timezone=True)"
        case Points() if kind == "type":
            return "sa.String(length=40)"
        case Choice() if kind == "type":
            return "sa.String(length=16)"
        case Choices() if kind == "type":
            return "sa.JSON()"
        case Data() if kind == "type":
            context.imports.add("from sqlalchemy.dialects import postgresql")
            return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
        case _:
            return False


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    del parents
    return kind != "table" or name is None or not _FOREIGN.match(name)
