"""Courses come to a site as copies, by content, and are the same wherever they grade."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select, update

from grader.course.folder import Course as Folder
from grader.errors import CourseError, StoreDamaged, UsageError
from grader.service.courses.adding import Added, add_course
from grader.service.courses.ahead import Ahead
from grader.service.courses.archive import CourseFiles, packed, read, unpacked_files
from grader.service.courses.outlining import TAKEN
from grader.service.courses.unpacking import unpacked
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Blob, Course, Revision
from grader.service.web.app import make_app
from tests.service.course_folder import write, write_course


def added(site: Site, folder: Path, *, slug: str | None = None, title: str | None = None) -> Added:
    with site.database.begin() as session:
        return add_course(session, site, folder, slug=slug, title=title)


def outlines(site: Site, revision_id: int) -> tuple[AssignmentOutline, ...]:
    with site.database.read() as session:
        return session.scalars(select(Revision.assignments).where(Revision.id == revision_id)).one()


def place(site: Site, revision_id: int) -> Path:
    with site.database.read() as session:
        return unpacked(session, site, revision_id)


def take_away(folder: Path) -> None:
    """With all that is in it; what was laid there is read-only, which binds everybody but root."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_pages_know_a_course_without_its_code(site: Site, tmp_path: Path) -> None:
    """Titles in every language that has them, exercises and points stand in the revision."""
    made = added(site, write_course(tmp_path / "ML 2026!"))
    (outline,) = outlines(site, made.revision_id)

    assert (outline.id, outline.title, outline.fault) == ("doubling", {"en": "Doubling", "zh": "翻倍"}, None)
    assert [(each.id, each.points) for each in outline.exercises] == [("double", 10)]
    with site.database.read() as session:
        course = session.get(Course, made.course_id)
        assert course is not None
        assert (course.slug, course.title, course.revision_id) == ("ml-2026", "Ml 2026", made.revision_id)


def test_a_course_that_was_executed_ahead_is_not_executed_again(on_sqlite: Site, tmp_path: Path) -> None:
    """So a new site answers sooner; whatever is no course is left to whoever adds it."""
    folder = write_course(tmp_path / "ml")
    once = f"import pathlib\npathlib.Path({str(tmp_path / 'once')!r}).touch(exist_ok=False)\n"
    code = folder / "assignments" / "doubling" / "assignment.py"
    code.write_text(f"{code.read_text()}\n{once}")

    with Ahead(tmp_path / "no site yet", [tmp_path, folder]) as ahead, on_sqlite.database.begin() as session:
        made = add_course(session, on_sqlite, folder, ahead=ahead)
    assert [each.fault for each in outlines(on_sqlite, made.revision_id)] == [None]


def test_the_same_course_is_the_same_revision(site: Site, tmp_path: Path) -> None:
    """Wherever its folder lies, whenever its files were written, whatever Python and desktops left in it."""
    first = added(site, write_course(tmp_path / "a"), slug="ml")
    other = write_course(tmp_path / "b")
    write(other, "assignments/doubling/__pycache__/assignment.pyc", "compiled")
    write(other, "assignments/.DS_Store", "desktop")
    write(other, "README.md", "no part of it")
    os.utime(other / "assignments/doubling/assignment.py", (0, 0))
    again = added(site, other, slug="ml")

    assert (again.revision_id, first.is_new, again.is_new) == (first.revision_id, True, False)


def test_a_changed_folder_changes_nothing_until_it_is_added(site: Site, tmp_path: Path) -> None:
    """What grades is a copy: changed, broken or gone, the folder is not asked again."""
    folder = write_course(tmp_path / "ml")
    first = added(site, folder)
    write_course(folder, title="Broken in the middle of a sem")
    assert "Doubling" in (place(site, first.revision_id) / "assignments/doubling/assignment.py").read_text()

    second = added(site, folder)
    assert second.course_id == first.course_id
    assert second.revision_id != first.revision_id
    shutil.rmtree(folder)
    assert Folder(place(site, second.revision_id)).assignment("doubling").title.startswith("Broken")


def test_a_revision_may_come_back(site: Site, tmp_path: Path) -> None:
    """What was added before is graded by again, and is not another one."""
    folder = write_course(tmp_path / "ml")
    first = added(site, folder)
    added(site, write_course(folder, title="A slip"))
    again = added(site, write_course(folder))
    with site.database.read() as session:
        assert session.scalar(select(Course.revision_id)) == first.revision_id == again.revision_id


def test_an_assignment_is_not_called_as_a_page_is(site: Site, tmp_path: Path) -> None:
    """It would stand behind that page, and nobody could hand it in; the names are those of the application's routes."""
    folder = write_course(tmp_path / "ml", "doubling", "queue")
    _, queue = outlines(site, added(site, folder).revision_id)
    paths = [route.path or "" for route in iter_route_contexts(make_app(site).routes)]
    taken = {match[1] for path in paths if (match := re.match(r"/courses/\{slug\}/([a-z-]+)", path))}

    assert queue.fault is not None
    assert "queue_lab" in queue.fault
    assert taken == TAKEN


def test_a_broken_assignment_stops_no_other(site: Site, tmp_path: Path) -> None:
    """It says why it cannot be read, without telling where the folder lies; once mended it is there."""
    folder = write_course(tmp_path / "ml", "doubling", "broken")
    write(folder, "assignments/broken/assignment.py", "ASSIGNMENT = lab(")
    broken, sound = outlines(site, added(site, folder).revision_id)

    assert sound.fault is None
    assert broken.fault is not None
    assert broken.fault.startswith("assignments/broken/assignment.py")
    assert str(tmp_path) not in broken.fault


def test_a_mistake_that_cannot_be_read_is_the_assignments_fault(site: Site, tmp_path: Path) -> None:
    """It is said when the course is added, not by a class whose work all waits for it."""
    folder = write_course(tmp_path / "ml", "doubling", "tripling")
    mistake = '[DOUBLE.half]\nsays = "Halves."\nhint = "Twice?"\nwas = "2 * x"\nbecomes = "x / 2"\n'
    write(folder, "reference/tripling/mistakes.toml", mistake)
    _, wrong = outlines(site, added(site, folder).revision_id)

    assert wrong.fault is not None
    assert "DOUBLE.half: there is no exercise 'DOUBLE'" in wrong.fault


def test_an_opening_that_cannot_be_read_is_the_assignments_fault(site: Site, tmp_path: Path) -> None:
    """`opening.toml` is part of what its author hands over."""
    folder = write_course(tmp_path / "ml", "doubling", "dated")
    write(folder, "assignments/dated/opening.toml", "attempts = 'many'")
    write(folder, "assignments/doubling/opening.toml", "attempts = 3")
    dated, sound = outlines(site, added(site, folder).revision_id)

    assert sound.terms is not None
    assert sound.terms.attempts == 3
    assert dated.fault is not None
    assert "opening.toml" in dated.fault


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def no_reference(folder: Path) -> None:
    shutil.rmtree(folder / "reference")


def nothing_sound(folder: Path) -> None:
    write(folder, "assignments/doubling/assignment.py", "1 / 0")


def a_link_out(folder: Path) -> None:
    write(folder.parent, "secret.txt", "private")
    (folder / "assignments/doubling/data.txt").symlink_to(folder.parent / "secret.txt")


def a_link_to_a_folder(folder: Path) -> None:
    (folder / "assignments/again").symlink_to(folder / "assignments/doubling")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "assignments/doubling/pipe")


def far_too_large(folder: Path) -> None:
    with (folder / "assignments/doubling/data.bin").open("wb") as file:
        file.truncate(600_000_000)


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "no folder": (no_folder, "no folder `assignments`.*grader new"),
    "no reference": (no_reference, "no folder `reference`"),
    "nothing that can be read": (nothing_sound, "no assignment that can be read.*ZeroDivisionError"),
    "a link out of it": (a_link_out, "data.txt is a link"),
    "a link to a folder": (a_link_to_a_folder, "again is a link"),
    "a pipe": (a_pipe, "neither a file nor a folder"),
    "too large": (far_too_large, "too large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_folder_that_cannot_be_a_course_is_refused_whole(site: Site, tmp_path: Path, case: str) -> None:
    """With what is wrong and what to do; the site is as it was."""
    break_it, said = REFUSED[case]
    break_it(write_course(tmp_path / "ml"))
    with pytest.raises(CourseError, match=f"(?s){said}"):
        added(site, tmp_path / "ml")
    with site.database.read() as session:
        assert session.scalar(select(Course.id)) is None


@pytest.mark.parametrize("slug", ["", "ML", "a/b", "..", "a--b", "-a", "x" * 65])
def test_a_course_needs_a_name_for_addresses(site: Site, tmp_path: Path, slug: str) -> None:
    """It is part of every one of its pages'."""
    with pytest.raises(UsageError, match="--slug"):
        added(site, write_course(tmp_path / "ml"), slug=slug)


def test_many_processes_share_one_folder(site: Site, tmp_path: Path) -> None:
    """It is made once and whole, and nobody sees it half."""
    revision_id = added(site, write_course(tmp_path / "ml")).revision_id
    take_away(site.data / "courses")
    with ThreadPoolExecutor() as pool:
        places = set(pool.map(lambda _: place(site, revision_id), range(8)))

    assert len(places) == 1
    assert {path.name for path in (site.data / "courses").iterdir()} == {".lock", places.pop().name}


@pytest.mark.parametrize("damage", [lambda path: path.write_text("x = 1"), Path.unlink])
def test_a_damaged_folder_is_made_again(site: Site, tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """Nobody is graded by files that are not the course's."""
    revision_id = added(site, write_course(tmp_path / "ml")).revision_id
    file = place(site, revision_id) / "reference/doubling/solution.py"
    file.parent.chmod(0o755)
    file.chmod(0o644)
    damage(file)

    assert "return 2 * x" in (place(site, revision_id) / "reference/doubling/solution.py").read_text()


def test_an_unpacked_course_is_for_reading_alone(site: Site, tmp_path: Path) -> None:
    """Many graders have it at once."""
    folder = place(site, added(site, write_course(tmp_path / "ml")).revision_id)
    assert {path.stat().st_mode & 0o222 for path in (folder, *folder.rglob("*"))} == {0}


def test_a_damaged_archive_grades_nobody(site: Site, tmp_path: Path) -> None:
    """It is our fault, and said."""
    revision_id = added(site, write_course(tmp_path / "ml")).revision_id
    take_away(site.data / "courses")
    with site.database.begin() as session:
        session.execute(update(Blob).values(content=b"no zip"))
    with pytest.raises(StoreDamaged):
        place(site, revision_id)


def test_many_may_add_a_course_at_once(site: Site, tmp_path: Path) -> None:
    """They add one revision."""
    folder = write_course(tmp_path / "ml")
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda _: added(site, folder), range(4)))

    assert len({each.revision_id for each in made}) == 1
    assert sum(each.is_new for each in made) == 1


def test_an_archive_says_nothing_but_the_files(tmp_path: Path) -> None:
    """The same bytes for the same course, and the same course out of them."""
    files = read(write_course(tmp_path / "a"))
    assert packed(files) == packed(read(write_course(tmp_path / "b")))
    assert unpacked_files(packed(files)) == files


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x",
        "assignments/../../x",
        "assignments",
        "other/x",
        "assignments/a\\b",
        "assignments//x",
        "C:/x",
    ],
)
def test_an_archive_leads_nowhere_else(path: str) -> None:
    """Though it is ours: what lies in a database may have been put there by others."""
    with pytest.raises(StoreDamaged):
        unpacked_files(packed(CourseFiles(content={path: b""})))


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_what_is_no_archive_is_our_fault(data: bytes) -> None:
    """Never that of a student."""
    with pytest.raises(StoreDamaged):
        unpacked_files(data)
