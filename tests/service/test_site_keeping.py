"""`grader site add-course, courses, backup, restore, upgrade, forget, retention`: from a shell, on a machine."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from grader.classes.packing import zipped
from grader.cli.staff import staff_app
from grader.errors import GraderError, UsageError
from grader.policy.terms import Terms
from grader.service.courses.releasing import release
from grader.service.site import Site, Whereabouts, opened
from grader.service.store.tables import Attempt, Membership, Opening, Person, Revision, Role
from grader.service.web.app import make_app
from tests.service.classroom import furnish, handed_in, signed_in
from tests.service.conftest import made_database
from tests.service.course_folder import write, write_course
from tests.service.test_courses import added, outlines

ROOT = Path(__file__).parents[2]


def run(folder: Path, *line: str) -> tuple[int, str]:
    ran = CliRunner().invoke(staff_app, ["site", *line, "--data", str(folder)], catch_exceptions=False)
    return ran.exit_code, ran.output


def refused(folder: Path, *line: str) -> str:
    with pytest.raises(GraderError) as found:
        run(folder, *line)
    return str(found.value)


def test_a_course_is_added_and_listed(tmp_path: Path) -> None:
    """The first command on a machine makes the site."""
    course = write_course(tmp_path / "ml")
    code, said = run(tmp_path / "site", "add-course", str(course), "--title", "Machine learning", "--no-packages")
    assert (code, said.split(":")[0]) == (0, "ml")
    assert "was there already" in run(tmp_path / "site", "add-course", str(course), "--no-packages")[1]
    assert "ml: Machine learning. Revision" in run(tmp_path / "site", "courses")[1]


def test_a_fault_is_said_and_the_others_are_there(tmp_path: Path) -> None:
    """As `grader assignments` does: the end says 2."""
    course = write_course(tmp_path / "ml", "doubling", "broken")
    write(course, "assignments/broken/assignment.py", "1 / 0")
    code, said = run(tmp_path / "site", "add-course", str(course), "--no-packages")
    assert code == 2
    assert "ZeroDivisionError" in said


def test_students_packages_are_kept_with_the_revision(site: Site, tmp_path: Path) -> None:
    """What `grader release` writes, as a zip; one that cannot be made is said, and what is unchanged is kept."""
    course = write_course(tmp_path / "ml")
    for part in ("assignments", "reference"):
        shutil.copytree(ROOT / part / "quiz_concepts", course / part / "quiz_concepts")
    made = added(site, course)
    doubling, quiz = release(site, made.revision_id)
    assert (quiz.fault, doubling.assignment) == (None, "doubling")
    assert "starter.ipynb" in str(doubling.fault)
    *_, outline = outlines(site, made.revision_id)
    assert outline.release is not None
    with site.database.read() as session:
        names = zipfile.ZipFile(io.BytesIO(site.blobs.get(session, outline.release))).namelist()
    assert names == ["README.md", "quiz_concepts.ipynb"]

    write(course, "assignments/doubling/note.md", "changed")
    again = outlines(site, added(site, course).revision_id)
    assert [each.release for each in again] == [None, outline.release]


def test_students_download_the_package(on_sqlite: Site, tmp_path: Path) -> None:
    """With practice and all, once it was made; the notebook and its files alone until then."""
    course = write_course(tmp_path / "ml")
    write(course, "assignments/doubling/starter.ipynb", (ROOT / "assignments/quiz_concepts/starter.ipynb").read_text())
    made = added(on_sqlite, course)
    room = furnish(on_sqlite, slug="other")
    with on_sqlite.database.begin() as session:
        session.add(Opening(course_id=made.course_id, assignment="doubling", terms=Terms(), created_at=on_sqlite.now()))
        person = room.people["ada"]
        session.add(
            Membership(course_id=made.course_id, person_id=person, role=Role.STUDENT, joined_at=on_sqlite.now())
        )
    ada = signed_in(make_app(on_sqlite), room, "ada")
    assert ada.get("/courses/ml/doubling/notebook").headers["Content-Type"] == "application/x-ipynb+json"

    with on_sqlite.database.begin() as session:
        sha256 = on_sqlite.blobs.put(session, zipped({"doubling.ipynb": b"{}"}), now=on_sqlite.now())
        revision = session.get_one(Revision, made.revision_id)
        revision.assignments = tuple(each.model_copy(update={"release": sha256}) for each in revision.assignments)
    package = ada.get("/courses/ml/doubling/notebook")
    assert zipfile.ZipFile(io.BytesIO(package.content)).namelist() == ["doubling.ipynb"]


def test_a_backup_makes_the_site_elsewhere(on_sqlite: Site, tmp_path: Path) -> None:
    """With two commands; a file that is there is not written over."""
    furnish(on_sqlite)
    file = tmp_path / "site.zip"
    assert "a backup of the site" in run(on_sqlite.data, "backup", str(file))[1]
    assert "exists" in refused(on_sqlite.data, "backup", str(file))
    assert run(tmp_path / "new", "restore", str(file))[0] == 0
    with opened(Whereabouts(data=tmp_path / "new")) as site, site.database.read() as session:
        assert len(session.scalars(select(Person.id)).all()) == 4
    assert "in use" in refused(tmp_path / "new", "restore", str(file))


def test_who_is_forgotten_is_named_by_address_or_number(on_sqlite: Site) -> None:
    """And only if it is meant."""
    room = furnish(on_sqlite)
    assert "--yes" in refused(on_sqlite.data, "forget", "ada@example.org")
    assert f"Person {room.people['ada']} is forgotten" in run(on_sqlite.data, "forget", "ADA@example.org", "--yes")[1]
    assert run(on_sqlite.data, "forget", str(room.people["bob"]), "--yes")[0] == 0
    assert "nobody" in refused(on_sqlite.data, "forget", "9" * 30, "--yes")
    with on_sqlite.database.read() as session:
        assert session.scalars(select(Person.name).where(Person.forgotten_at.is_(None))).all() == ["Ines", "Greta"]


def test_what_is_old_goes(on_sqlite: Site) -> None:
    """And only if it is meant."""
    handed_in(furnish(on_sqlite), "ada")
    assert "--yes" in refused(on_sqlite.data, "retention", "--days", "365")
    assert "0 attempts" in run(on_sqlite.data, "retention", "--days", "365", "--yes")[1]
    with on_sqlite.database.read() as session:
        assert session.scalars(select(Attempt.size)).one() > 0


def test_tables_are_brought_up_to_date(on_sqlite: Site) -> None:
    """Which is said, also where nothing was to be done."""
    assert "version 0" in run(on_sqlite.data, "upgrade")[1]


def test_the_first_upgrade_makes_a_site_where_a_database_was_named(postgres: str, tmp_path: Path) -> None:
    """As `docker compose up` has it: nothing else begins before, and no other command makes one by a slip."""
    with made_database(postgres, f"grader_first_upgrade_{os.getpid()}") as url:
        with pytest.raises(UsageError, match="no site in this database"):
            run(tmp_path / "site", "courses", "--database", url)
        assert "version 0" in run(tmp_path / "site", "upgrade", "--database", url)[1]
        assert run(tmp_path / "site", "courses", "--database", url)[0] == 0


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_name_is_refused(postgres: str, encoding: str, tmp_path: Path) -> None:
    """As a server without a locale makes them, unless it is asked for another."""
    with (
        made_database(postgres, f"grader_encoding_{os.getpid()}", encoding) as url,
        pytest.raises(UsageError, match=f"encoding {encoding}.*createdb --encoding=UTF8"),
    ):
        run(tmp_path / "site", "upgrade", "--database", url)


@pytest.mark.parametrize(
    "line",
    [["courses"], ["backup", "x.zip"], ["upgrade"], ["forget", "1", "--yes"], ["retention", "--days", "9", "--yes"]],
)
def test_where_no_site_is_none_is_made(tmp_path: Path, line: list[str]) -> None:
    """A slip in --data is said, rather than answered by an empty site."""
    with pytest.raises(UsageError, match=r"no site in .*--data"):
        run(tmp_path / "slip", *line)
    assert not (tmp_path / "slip").exists()


def test_pages_know_nothing_of_the_folder(site: Site, tmp_path: Path) -> None:
    """No row of a revision holds where its folder lay."""
    revision_id = added(site, write_course(tmp_path / "ml")).revision_id
    with site.database.read() as session:
        assert str(tmp_path) not in str(
            session.scalars(select(Revision.assignments).where(Revision.id == revision_id)).one()
        )
