"""Staff's pages as they are drawn: what stands on them, in both languages, of a lively course and of an empty one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.service.batches.claims import claim_file_in
from grader.service.site import Site
from grader.service.store.tables import Role
from tests.service.batched import class_of, handed_to
from tests.service.classroom import furnish
from tests.service.lively import MARKUP, large, lively
from tests.service.staff import at_desk, attempt_of, counted_queries, main_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PAGES = {
    "overview": "/courses/ml/teach",
    "gradebook": "/courses/ml/gradebook",
    "people": "/courses/ml/people",
    "person": "/courses/ml/people/1",
    "openings": "/courses/ml/openings",
    "terms": "/courses/ml/openings/digits",
    "extensions": "/courses/ml/openings/digits/extensions",
    "statistics": "/courses/ml/digits/statistics",
    "queue": "/courses/ml/queue",
    "audit": "/courses/ml/audit",
    "site": "/site",
    "site_queue": "/site/queue",
}
#: of an SQLite file, which grows with every table
SIZE = re.compile(r"(?<=<dt>Database with all in it</dt><dd>)[\d.]+ MB")
EMPTY = ("overview", "gradebook", "people", "openings", "queue", "audit")


def test_staff_pages_say_what_there_is(site: Site, golden: Callable[[str, str], None]) -> None:
    """Each page of a course in the middle of its term; read the difference before you update one."""
    room = lively(site)
    olga = at_desk(room, "olga")
    paths = PAGES | {"attempt": f"/attempts/{attempt_of(room, 'ada').id}/staff"}
    for name, path in paths.items():
        page = olga.get(path)
        assert page.status_code == 200
        golden(f"service/staff_{name}.en.html", SIZE.sub("some MB", main_of(page.text)))


@pytest.mark.parametrize("name", ["overview", "terms", "queue"])
def test_staff_pages_speak_the_readers_language(site: Site, golden: Callable[[str, str], None], name: str) -> None:
    """The same pages for whoever reads Chinese."""
    page = at_desk(lively(site), "olga", language="zh").get(PAGES[name])

    golden(f"service/staff_{name}.zh.html", main_of(page.text))


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_course_says_what_to_do(site: Site, golden: Callable[[str, str], None], name: str) -> None:
    """Nobody is in it and nothing was handed in: no page is blank, none fails."""
    room = furnish(site, people={"ines": Role.INSTRUCTOR})
    page = at_desk(room).get(PAGES[name])

    assert page.status_code == 200
    golden(f"service/staff_empty_{name}.en.html", main_of(page.text))


@pytest.mark.parametrize("name", PAGES)
def test_no_name_becomes_markup(site: Site, name: str) -> None:
    """Somebody is called like a script; it stays text wherever it stands."""
    page = at_desk(lively(site), "olga").get(PAGES[name]).text

    assert MARKUP not in page
    if name in ("overview", "gradebook", "people"):
        assert "Dora &lt;script&gt;" in page


def test_a_notebook_is_drawn_as_text(site: Site) -> None:
    """Whatever is in its cells: lines with their numbers, prose cleaned, no outputs."""
    room = lively(site)
    page = at_desk(room).get(f"/attempts/{attempt_of(room, 'ada').id}/staff").text

    assert MARKUP not in page
    assert 'data-line="2"' in page
    assert "&lt;b&gt;" in page


def test_the_live_part_stands_by_itself(site: Site) -> None:
    """What is asked for every few seconds is the same piece, without a frame."""
    ines = at_desk(lively(site))
    whole, piece = ines.get("/courses/ml/teach").text, ines.get("/courses/ml/teach/now").text

    assert piece.startswith('<div id="now"')
    assert piece.strip() in whole
    assert 'hx-get="/courses/ml/teach/now"' in piece


@pytest.mark.parametrize(
    ("name", "most"), [("overview", 15), ("people", 8), ("gradebook", 10), ("queue", 10), ("statistics", 9)]
)
def test_a_page_asks_the_database_little(site: Site, name: str, most: int) -> None:
    """However many people there are; who asks and what the menu shows are among the questions."""
    room = large(site, students=60, assignments=5)
    ines = at_desk(room)
    with counted_queries(site) as asked:
        assert ines.get(PAGES[name]).status_code == 200

    assert len([each for each in asked if each.lstrip().upper().startswith("SELECT")]) <= most


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/courses/ml/queue", "(grade --on): 1 being graded, 1 waiting"),
        ("/site/queue", "(grade --on): 1 being graded, 1 waiting"),
        ("/api/v1/courses/ml/queue", '"class_files":{"running":1,"waiting":1}'),
    ],
)
def test_files_of_classes_stand_in_the_queue(site: Site, tmp_path: Path, path: str, said: str) -> None:
    """They keep workers busy as attempts do; where none is, no page speaks of them."""
    olga = at_desk(lively(site), "olga")
    before = olga.get(path).text
    with handed_to(site, tmp_path) as workers:
        workers.hand_over(class_of(tmp_path / "class", "a", "b"))
        assert claim_file_in(site.database, worker="w", now=site.now()) is not None
        page = olga.get(path).text

    assert said in page
    assert "grade --on" not in before


def test_graders_see_and_do_not_change(site: Site) -> None:
    """No form to change something is on their pages but the frame's own, and the routes refuse."""
    room = lively(site)
    greta = at_desk(room, "greta")
    for name in ("overview", "gradebook", "people", "person", "openings", "extensions", "statistics", "queue"):
        page = greta.get(PAGES[name])
        assert page.status_code == 200
        assert 'method="post"' not in main_of(page.text)
    assert greta.get("/courses/ml/audit").status_code == 403
    assert greta.post("/courses/ml/people/1/leave").status_code == 403
