"""Feedback that instructors take away from a site: of each student what they may see, and nothing of anybody else."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import update

from grader.policy.terms import Publishing, Terms
from grader.service.site import Site
from grader.service.store.tables import Attempt, Opening
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded, two
from tests.service.staff import at_desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PAGE = "/courses/ml/openings/digits/feedback"
API = "/api/v1/courses/ml/assignments/digits/feedback"


def files_of(room: Classroom, path: str) -> dict[str, str]:
    answer = at_desk(room).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("path", [f"{PAGE}/mail", f"{API}?for=mail"])
def test_each_student_gets_a_draft(site: Site, path: str) -> None:
    """From the page and by program; staff get none, who has nothing is no file."""
    room = furnish(site)
    graded(room, "ada", two(40, 20))
    graded(room, "ines", two(40, 40))
    assert sorted(files_of(room, path)) == ["ada@example.org.eml", "addresses.csv"]


def test_hidden_checks_stay_hidden(site: Site) -> None:
    """Whoever takes it away."""
    room = furnish(site)
    graded(room, "ada", two(40, 20, hidden=10))
    (mail,) = (text for name, text in files_of(room, f"{PAGE}/mail").items() if name.endswith(".eml"))
    assert "hidden" not in mail


def test_what_is_not_published_is_handed_back_to_nobody(site: Site) -> None:
    """Once it is, it is."""
    room = furnish(site, terms=Terms(publishing=Publishing(by_hand=True)))
    graded(room, "ada", two(40, 20))
    assert at_desk(room).get(f"{API}?for=mail").json()["type"].endswith("no_feedback")
    with site.database.begin() as session:
        session.execute(update(Opening).values(published_at=site.now()))
    assert "ada@example.org.eml" in files_of(room, f"{PAGE}/mail")


def test_moodle_needs_its_own_names(site: Site) -> None:
    """Who handed in a file of its download gets a folder of that name; the others are named."""
    room = furnish(site)
    for name in ("ada", "bob"):
        graded(room, name, two(40, 20))
    named = "Ada_12_assignsubmission_file_lab.ipynb"
    with site.database.begin() as session:
        session.execute(update(Attempt).where(Attempt.person_id == room.people["ada"]).values(filename=named))
    found = files_of(room, f"{PAGE}/moodle")
    assert sorted(found) == ["Ada_12_assignsubmission_file_/feedback.html", "left-out.txt"]
    assert found["left-out.txt"].startswith("bob@example.org")


def test_graders_take_nothing_away(site: Site) -> None:
    """As with other exports."""
    room = furnish(site)
    assert at_desk(room, "greta").get(f"{PAGE}/mail").status_code == 403
