"""Marking in a real browser: by keyboard and without script, two graders at once, a rubric changed for all, a request
answered, published; what students read and what Canvas imports agree to the point."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.policy.terms import Terms
from grader.service.attempts.exporting import ExportFormat, export_opening
from grader.service.marking.requests import Asking, ask
from grader.service.people.audit import Actor
from grader.service.store.tables import Role
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker
from tests.browser.served import Served, a_site, served
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, with_written, written
from tests.service.staff import attempt_of
from tests.service.test_comments import keep
from tests.service.test_groups import groups
from tests.service.test_rubrics import added

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

BASE: Final = "/courses/ml/openings/digits/marking"
STUDENTS: Final = ("ada", "bob", "cem", "dora")
LONG: Final = "The loss is **bounded** below, and `gradient descent` never raises it.\n\n" * 4


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Served]:
    """Four students have answered; ines teaches, greta marks."""
    clock = StoppedClock()
    with a_site(tmp_path, clock) as site:
        roles = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER} | dict.fromkeys(STUDENTS, Role.STUDENT)
        room = with_written(furnish(site, people=roles, terms=Terms(requests_until=clock.after(days=3))))
        for name in STUDENTS:
            graded(room, name, written(40, 30, text=f"{name}: {LONG}"))
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def page_of(browser: Browser, course: Served) -> Iterator[Callable[..., Page]]:
    """`page_of("greta")`: somebody's browser, before the course; closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(name: str, **how: object) -> Page:
        contexts.append(course.as_(browser, name, **how))
        return contexts[-1].new_page()

    yield opened
    for each in contexts:
        each.close()


def rubric(page: Page, *items: tuple[str, str]) -> None:
    """Add these items on the page of the rubric."""
    page.goto(f"{BASE}/why/rubric")
    for points, words in items:
        page.locator("#field-points").fill(points)
        page.locator("#field-words").fill(words)
        page.get_by_role("button", name="Add an item").click()


def attempt(course: Served, name: str) -> uuid.UUID:
    """The one of that student."""
    return attempt_of(course.room, name).id


def test_two_graders_mark_a_class_by_keyboard(page_of: Callable[..., Page], course: Served) -> None:
    """Never the same answer; an item is changed for all, a request answered, the results published."""
    greta, ines = page_of("greta"), page_of("ines")
    rubric(greta, ("10", "The bound is right."), ("5", "Monotony is shown."), ("-2", "Hard to read."))

    greta.goto(f"{BASE}/why")
    ines.goto(f"{BASE}/why")
    assert greta.url != ines.url
    for page, keys in ((greta, "12"), (ines, "13"), (greta, "1"), (ines, "2")):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Control+Enter")
        page.get_by_text("The mark was saved.").wait_for()
    assert "4 of 4 marked" in greta.inner_text("main") or "4 of 4 marked" in ines.inner_text("main")

    greta.goto(f"{BASE}/why/rubric")
    greta.get_by_text("Change", exact=False).first.click()
    greta.locator("input[id^=points-]").first.fill("12")
    greta.get_by_role("button", name="Save").first.click()
    with course.site.database.begin() as session:
        asking = Asking(attempt_id=attempt(course, "ada"), exercise="model", text="Look at the last line.")
        ask(session, asking, actor=Actor(person_id=course.room.people["ada"]), now=course.site.now())
    ines.goto("/courses/ml/marking/requests")
    ines.get_by_role("link", name="Ada").click()
    ines.get_by_label("Your answer to the student").fill("You are right.")
    ines.get_by_label("Other points").fill("36")
    ines.get_by_role("button", name="Answer").click()
    ines.goto("/courses/ml/openings/digits")
    ines.get_by_text("Publish", exact=True).last.click()
    ines.get_by_role("button", name="Publish").last.click()

    with course.site.database.read() as session:
        table = export_opening(session, course.room.opening_id, ExportFormat.CANVAS).text
    rows = {row[0].lower(): row[-1] for row in csv.reader(io.StringIO(table))}
    assert {name: rows[name] for name in STUDENTS} == {"ada": "93", "bob": "80", "cem": "82", "dora": "75"}
    page = page_of("ada")
    for name in STUDENTS:
        course.sign_in(page.context, name)
        page.goto(f"/attempts/{attempt(course, name)}")
        of = 120 if name == "ada" else 110  # where no person marked, ten are of a hidden check
        assert f"{rows[name]} of {of} points" in page.inner_text("main")


def test_keys_go_on_and_back_and_undo(page_of: Callable[..., Page], course: Served) -> None:
    """In a field they are letters."""
    greta = page_of("greta")
    rubric(greta, ("10", "The bound is right."))
    greta.goto(f"{BASE}/why")
    first = greta.url
    greta.keyboard.press("j")
    greta.wait_for_url(lambda url: url != first)
    greta.keyboard.press("k")
    greta.wait_for_url(first)
    greta.get_by_label("Comment for the student").fill("")
    greta.keyboard.type("jk1u")
    assert greta.get_by_label("Comment for the student").input_value() == "jk1u"
    greta.keyboard.press("Control+Enter")
    assert "Choose an item" in greta.get_by_role("alert").inner_text()
    greta.locator("h1").click()
    greta.keyboard.press("1")
    greta.keyboard.press("Control+Enter")
    greta.get_by_text("1 of 4 marked").last.wait_for()
    greta.keyboard.press("u")

    greta.get_by_text("0 of 4 marked").last.wait_for()
    assert greta.url == first


def test_marking_works_without_script(page_of: Callable[..., Page], course: Served) -> None:
    """Ticks and buttons."""
    greta = page_of("greta", java_script_enabled=False)
    rubric(greta, ("10", "The bound is right."))
    greta.goto(f"{BASE}/why")
    greta.get_by_label("The bound is right.").check()
    greta.get_by_role("button", name="Save, next").click()

    assert "1 of 4 marked" in greta.inner_text("main")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_of_marking_have_no_barrier_and_fit(
    onlooker: Callable[[str], Onlooker], course: Served, language: str
) -> None:
    """On a phone and a wide screen, light and dark; the browser has no complaint."""
    for points, words in ((10, "The bound is right."), (-2, "Hard to read.")):
        added(course.room, points, words)
        keep(course.room, words)
    ada = attempt(course, "ada")
    decide(course.room, ada, 15, comment="Good.", by="ines")
    with course.site.database.begin() as session:
        asking = Asking(attempt_id=ada, exercise="model", text="Look at the last line.")
        ask(session, asking, actor=Actor(person_id=course.room.people["ada"]), now=course.site.now())
    paths = [
        "/courses/ml/marking",
        "/courses/ml/marking/requests",
        BASE,
        f"{BASE}/why/rubric",
        f"{BASE}/why/comments",
        f"{BASE}/why/groups",
        f"{BASE}/why/groups/{groups(course.room)[0].group.id}",
        f"{BASE}/why/answers/{ada}?last={ada}&last_exercise=why&last_version=1",
        f"/attempts/{ada}/staff",
    ]
    found = [wrong for path in paths for wrong in onlooker(language).finds(course, "ines", path)]
    assert [*found, *onlooker(language).finds(course, "ada", f"/attempts/{ada}")] == []
