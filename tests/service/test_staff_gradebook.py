"""The gradebook as a page and as files: sorted, filtered, large, and never a formula."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from sqlalchemy import update

from grader.service.site import Site
from grader.service.store.tables import Person
from tests.service.lively import large, lively
from tests.service.staff import at_desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PAGE = "/courses/ml/gradebook"


def names(page: str) -> list[str]:
    """The students, in the order of the rows."""
    return re.findall(r'<tr><th scope="row"><a [^>]*><bdi>(\w+)', page)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        pytest.param("", ["Ada", "Bob", "Cem", "Dora"], id="by name"),
        pytest.param("?sort=-name", ["Dora", "Cem", "Bob", "Ada"], id="by name, downwards"),
        pytest.param("?sort=-total", ["Cem", "Dora", "Ada", "Bob"], id="by total, downwards"),
        pytest.param("?sort=digits", ["Ada", "Dora", "Cem", "Bob"], id="by points; without any last"),
        pytest.param("?sort=-digits", ["Cem", "Dora", "Ada", "Bob"], id="by points, downwards; without any last"),
        pytest.param("?sort=-section", ["Ada", "Bob", "Cem", "Dora"], id="by section"),
        pytest.param("?sort=nonsense", ["Ada", "Bob", "Cem", "Dora"], id="by nothing there is"),
        pytest.param("?section=Monday", ["Ada"], id="of a section"),
        pytest.param("?text=BOB%40", ["Bob"], id="with a text in the address"),
        pytest.param("?text=nobody", [], id="nobody"),
        pytest.param("?page=99", ["Ada", "Bob", "Cem", "Dora"], id="a page that is not there"),
    ],
)
def test_rows_are_sorted_and_filtered_by_links(site: Site, query: str, order: list[str]) -> None:
    """Without script; a link keeps what else was asked."""
    page = at_desk(lively(site)).get(PAGE + query)

    assert names(page.text) == order


def test_a_head_says_how_it_is_sorted_and_keeps_the_filter(site: Site) -> None:
    """A screen reader hears it; the next press turns it round."""
    page = at_desk(lively(site)).get(f"{PAGE}?sort=-digits&section=Monday").text

    assert 'aria-sort="descending"><a href="?section=Monday&amp;sort=digits">' in page


def test_a_thousand_students_stand_on_one_page(site: Site) -> None:
    """Those beyond on the next."""
    ines = at_desk(large(site, students=1_050, assignments=2))

    assert len(names(ines.get(PAGE).text)) == 1_000
    assert len(names(ines.get(f"{PAGE}?page=2").text)) == 50


@pytest.mark.parametrize("path", ["export", "export/digits/csv", "export/digits/canvas", "export/digits/moodle"])
def test_no_export_holds_a_formula(site: Site, path: str) -> None:
    """Of a student whose name is one, in whatever wide form."""
    room = lively(site)
    with site.database.begin() as session:
        session.execute(update(Person).where(Person.id == room.people["ada"]).values(name='=HYPERLINK("http://x")'))
        session.execute(update(Person).where(Person.id == room.people["bob"]).values(name="\uff0b1; =2"))
    file = at_desk(room).get(f"{PAGE}/{path}")

    assert file.headers["content-type"].startswith("text/csv")
    assert file.headers["content-disposition"].startswith("attachment; filename=")
    cells = [cell for row in csv.reader(StringIO(file.text)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff0b")) and len(cell) > 1] == []


def test_the_whole_gradebook_is_taken_away_as_json(site: Site) -> None:
    """By a link, as programs read it."""
    ines = at_desk(lively(site))
    path = f"/api/v1{PAGE}"

    assert f'href="{path}" download="ml.json"' in ines.get(PAGE).text
    assert [line["name"] for line in ines.get(path).json()["lines"]][:3] == ["Ada", "Bob", "Cem"]


def test_exports_are_for_instructors(site: Site) -> None:
    """A grader reads the gradebook and takes nothing away; an assignment without an opening has no file."""
    room = lively(site)

    assert at_desk(room, "greta").get(f"{PAGE}/export").status_code == 403
    assert at_desk(room).get(f"{PAGE}/export/nothing/csv").status_code == 404
    assert at_desk(room).get(f"{PAGE}/export/digits/exe").status_code in (404, 422)
