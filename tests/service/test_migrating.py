"""Databases of every version become those of this one, and go back, with what is in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import String, inspect, text
from sqlalchemy.exc import IntegrityError

from grader.errors import StoreDamaged, UsageError
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.migrating import (
    FOLDER,
    METADATA,
    NOTHING,
    VERSIONS,
    alone,
    differences,
    downgrade,
    is_current,
    upgrade,
)
from tests.service.classroom import furnish, handed_in
from tests.service.conftest import made_database


def test_tables_and_steps_say_the_same(database: Database) -> None:
    """Whoever changes a table writes the step that changes it in a database that is in use."""
    by_steps(database)
    assert differences(database) == []


def test_tables_that_are_made_at_once_are_those_that_steps_make(database: Database) -> None:
    """A new site does not go through its history, and is none the worse for it."""
    at_once = shape(database)
    by_steps(database)
    assert at_once == shape(database)


def test_a_database_of_one_kind_leaves_nothing_out_of_the_next_of_the_other(postgres: str, tmp_path: Path) -> None:
    """PostgreSQL gets what refers in a circle by ALTER, SQLite with the table; one process may make both."""
    made = []
    with made_database(postgres, f"grader_one_kind_{os.getpid()}") as url:
        for each in (url, f"sqlite:///{tmp_path / 'site.db'}"):
            database = Database(each)
            upgrade(database)
            made.append(differences(database))
            database.close()
    assert made == [[], []]


def by_steps(database: Database) -> None:
    """As in a database that is in use since the first version."""
    downgrade(database, NOTHING)
    upgrade(database)


def plain(told: Mapping[str, Any]) -> dict[str, object]:
    """As it can be compared: the condition of an index is an object that equals no other."""
    return {name: plain(value) if isinstance(value, dict) else str(value) for name, value in told.items()}


def shape(database: Database) -> dict[str, object]:
    """What a database knows of each of our tables, in no order."""
    found = inspect(database.engine)
    return {
        name: [
            {each["name"]: plain(each) for each in about(name)}
            for about in (found.get_columns, found.get_indexes, found.get_foreign_keys)
        ]
        + [found.get_pk_constraint(name), sorted(map(str, found.get_unique_constraints(name)))]
        for name in METADATA.tables
    }


def test_steps_are_numbers_in_a_row() -> None:
    """Each follows the one before, so that a database's version says all of what was done to it."""
    named = [path.read_text() for path in sorted((FOLDER / "versions").glob("[0-9]*.py"))]

    assert tuple(f"{number + 1:04}" for number in range(len(named))) == VERSIONS
    for version, before, step in zip(VERSIONS, (None, *VERSIONS), named, strict=False):
        assert f'revision = "{version}"' in step
        assert f"down_revision = {before!r}".replace("'", '"') in step


def test_every_step_goes_down_and_up_again_with_data(site: Site) -> None:
    """What a version has no place for is gone; whatever it has a place for is as it was."""
    room = furnish(site)
    handed_in(room, "ada")
    for version in reversed((NOTHING, *VERSIONS[:-1])):
        downgrade(site.database, version)
        assert not is_current(site.database)
    upgrade(site.database)

    assert is_current(site.database)
    assert differences(site.database) == []
    furnish(site)


def test_upgrading_what_is_current_changes_nothing(site: Site) -> None:
    """Every start of the service may upgrade."""
    room = furnish(site)
    upgrade(site.database)
    with site.database.read() as session:
        assert session.scalar(text("select count(*) from person")) == len(room.people)


@pytest.mark.parametrize("is_new", [False, True])
def test_many_may_upgrade_at_once(database: Database, *, is_new: bool) -> None:
    """One of them does, the others wait for it; also where there was no database of ours before."""
    downgrade(database, NOTHING)
    if is_new:
        with database.begin() as session:
            session.execute(text("drop table alembic_version"))
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda _: upgrade(database), range(4)))

    assert is_current(database)


def test_a_database_of_a_newer_grader_is_left_alone(database: Database) -> None:
    """It is said which version it has, and what to do; nothing is touched."""
    with database.begin() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    for what in (upgrade, is_current, lambda database: downgrade(database, NOTHING)):
        with pytest.raises(UsageError, match=r"version 9999.*Install the newer"):
            what(database)


def test_a_database_with_tables_of_others_is_refused(tmp_path: Path) -> None:
    """Where one is called as ours are, and nobody wrote down a version."""
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    with database.begin() as session:
        session.execute(text("create table person (id integer)"))
    with pytest.raises(UsageError, match="another program"):
        upgrade(database)
    assert inspect(database.engine).get_table_names() == ["person"]
    database.close()


def test_a_table_that_is_changed_keeps_what_refers_to_it(site: Site) -> None:
    """SQLite makes a table anew to change it; nobody loses a membership because people got another column."""
    room = furnish(site)
    with alone(site.database) as connection:
        steps = Operations(MigrationContext.configure(connection))
        with steps.batch_alter_table("person") as person:
            person.alter_column("name", type_=String(400))
    with site.database.begin() as session:
        assert session.scalar(text("select count(*) from membership")) == len(room.people)
        if site.database.kind == "sqlite":  # and from now on references count again
            assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_step_that_loses_a_reference_is_not_done(site: Site) -> None:
    """Neither half nor whole."""
    furnish(site)
    with pytest.raises((StoreDamaged, IntegrityError)), alone(site.database) as connection:
        connection.execute(text("update membership set person_id = 9999 where person_id = 1"))
    with site.database.read() as session:
        assert session.scalar(text("select count(*) from membership where person_id = 9999")) == 0


def test_whose_table_it_is_decides_what_is_a_difference(database: Database) -> None:
    """A column that nobody wrote a step for is one; tables that Procrastinate keeps beside ours are not."""
    with database.begin() as session:
        session.execute(text("create table procrastinate_something (id integer)"))
        session.execute(text("alter table person add column shoe integer"))
    found = differences(database)
    assert [change[0] for change in found] == ["remove_column"]


def test_an_unknown_version_is_refused(database: Database) -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match="0001"):
        downgrade(database, "0000")
