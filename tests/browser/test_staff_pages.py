"""Staff's pages in a real browser: no barrier, no sideways scrolling, both themes; a class seen while it hands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.policy.state import State
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker, barriers, needed
from tests.browser.served import Served, a_site, served
from tests.browser.visits import WIDTHS
from tests.service.clock import StoppedClock
from tests.service.linked import linked
from tests.service.lively import large, lively
from tests.service.staff import attempt_of
from tests.service.test_staff_pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROSTER = b"name,email,section\nEve,eve@example.org,Monday\nAda,ada@example.org,Tuesday\n"
MORE = {
    "roster": "/courses/ml/people/roster",
    "platform_roster": "/courses/ml/people/platform",
    "platform_grades": "/courses/ml/gradebook/platforms",
    "invitations": "/courses/ml/people/invitations",
    "tokens": "/site/tokens",
    "site_audit": "/site/audit",
    "regrades": "/courses/ml/openings/digits/regrades",
    "checks": "/courses/ml/digits/statistics/checks",
    "likeness": "/courses/ml/digits/likeness",
}
LOOKED_AT = [*((name, "en") for name in [*PAGES, *MORE, "attempt"]), ("terms", "zh"), ("overview", "zh")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A course in the middle of its term, to be looked at."""
    with a_site(tmp_path_factory.mktemp("lively"), StoppedClock()) as site:
        room = lively(site)
        school = linked(room)
        school.services.people = [each for each in school.services.people if each.user_id != "ada"]
        school.post()
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A course to change things in."""
    with a_site(tmp_path, StoppedClock()) as site:
        room = lively(site)
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def ines(browser: Browser, own: Served) -> Iterator[Page]:
    """The instructor's browser."""
    context = own.as_(browser, "ines")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "language"), LOOKED_AT)
def test_a_page_has_no_barrier_and_fits(
    onlooker: Callable[[str], Onlooker], course: Served, name: str, language: str
) -> None:
    """On a phone and a wide screen, light and dark, with everything unfolded; the browser has no complaint."""
    paths = PAGES | MORE | {"attempt": f"/attempts/{attempt_of(course.room, 'ada').id}/staff"}
    assert onlooker(language).finds(course, "olga", paths[name]) == []


def test_the_page_of_the_api_has_no_barrier_and_fits(browser: Browser, axe: str, course: Served) -> None:
    """It is long: axe reads it once, on a phone in the dark."""
    context = course.as_(browser, "ada", viewport={"width": 360, "height": 800}, color_scheme="dark")
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/api")
    page.evaluate(axe)

    assert barriers(page) == []
    assert {width: needed(page, width) for width in WIDTHS} == {width: width for width in WIDTHS}
    assert said == []
    context.close()


def test_the_overview_follows_what_is_handed_in(ines: Page, own: Served) -> None:
    """By itself; the page is not loaded anew."""
    ines.goto("/courses/ml/teach")
    ines.evaluate("document.body.dataset.same = 'yes'")
    attempt = attempt_of(own.room, "bob", 2)
    with own.site.database.begin() as session:
        session.merge(attempt).state = State.SUPERSEDED

    ines.get_by_text("1 running, 0 waiting.").wait_for(timeout=20_000)
    assert ines.evaluate("document.body.dataset.same") == "yes"


def test_on_a_phone_no_label_of_a_cell_runs_into_the_next(ines: Page) -> None:
    """A row stands as a block there, and a long label makes its cell as high as it needs."""
    ines.set_viewport_size({"width": 360, "height": 800})
    ines.goto("/courses/ml/teach")
    cells = "[...document.querySelectorAll('.stacked td')].map(cell => cell.scrollHeight - cell.clientHeight)"

    assert set(ines.evaluate(cells)) == {0}


def test_a_roster_is_shown_and_then_applied(ines: Page) -> None:
    """As an instructor does it, from the page of people."""
    ines.goto("/courses/ml/people")
    ines.get_by_role("link", name="Import a list").click()
    ines.set_input_files("input[type=file]", {"name": "class.csv", "mimeType": "text/csv", "buffer": ROSTER})
    ines.get_by_role("button", name="Show what would change").click()
    assert "Join: 1. Change: 1. Leave: 3." in ines.inner_text("main")
    ines.get_by_role("button", name="Make this change").click()

    assert ines.get_by_role("status").inner_text() == "The people are imported."
    assert ines.get_by_role("link", name="Eve").is_visible()


def test_terms_are_mended_where_they_are_wrong(ines: Page) -> None:
    """The field says what is wrong, to a screen reader too."""
    ines.goto("/courses/ml/openings/digits")
    ines.get_by_label("Attempts in all").fill("none")
    ines.get_by_role("button", name="Save").click()
    field = ines.get_by_label("Attempts in all")
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("3")
    ines.get_by_role("button", name="Save").click()

    assert ines.get_by_role("status").inner_text() == "Saved."


def test_a_large_gradebook_keeps_its_head_and_names(browser: Browser, tmp_path: Path) -> None:
    """Of 1,000 students and 20 assignments: whoever scrolls sees whose row and which column it is."""
    with a_site(tmp_path, StoppedClock()) as site:
        room = large(site, students=1_000, assignments=20)
        with served(make_app(site)) as url:
            context = Served(url, room, site).as_(browser, "ines", viewport={"width": 800, "height": 600})
            page = context.new_page()
            page.goto("/courses/ml/gradebook")
            table = page.get_by_role("region", name="Gradebook")
            table.evaluate("region => region.scrollTo(900, 20000)")
            head, name = page.locator("thead th").first, page.locator("tbody tr").nth(600).locator("th")
            assert page.locator("tbody tr").count() == 1_000
            assert abs(head.evaluate("th => th.getBoundingClientRect().top") - box(table, "top")) < 3
            assert abs(name.evaluate("th => th.getBoundingClientRect().left") - box(table, "left")) < 3
            context.close()


def box(element: object, edge: str) -> float:
    """Where that edge of an element is on the screen."""
    found: float = element.evaluate(f"e => e.getBoundingClientRect().{edge}")  # type: ignore[attr-defined]
    return found
