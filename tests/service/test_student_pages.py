"""The student's pages: what they show, what they take, what they never show."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from grader.limits import NotebookLimits
from grader.messages import LANGUAGES
from grader.notebook.bundle import bundled
from grader.policy.terms import Publishing, Terms
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.migrating import upgrade
from grader.service.store.tables import Attempt, Course, Person
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, signed_in
from tests.service.clock import StoppedClock
from tests.service.grading import graded, hand_in, taken
from tests.service.scenes import Scenes, about_digits, staged
from tests.unit.markup import parsed

OPENING = "/courses/ml/digits"
KEY = "a-form-of-a-page"


@dataclass(frozen=True, slots=True)
class Stage:
    """The scenes, and browsers of the people in them."""

    scenes: Scenes
    ada: TestClient
    ines: TestClient
    bob: TestClient


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """All scenes, to be looked at and not changed."""
    folder, clock = tmp_path_factory.mktemp("scenes"), StoppedClock()
    database = Database(f"sqlite:///{folder / 'site.db'}")
    upgrade(database)
    site = Site(database=database, data=folder, now=clock, address="http://testserver")
    scenes = staged(site, clock)
    app = make_app(site)
    yield Stage(scenes, *(signed_in(app, scenes.room, name) for name in ("ada", "ines", "bob")))
    database.close()


def send(who: TestClient, data: bytes = b"{}", *, name: str = "digits.ipynb", **fields: str) -> tuple[int, str, str]:
    """Hand a file in by the form: the status, where it leads, the page."""
    answer = who.post(OPENING, files={"notebook": (name, data)}, data=fields)
    return answer.status_code, answer.headers.get("location", ""), answer.text


def stored(site: Site) -> int:
    with site.database.read() as session:
        return session.scalar(select(func.count()).select_from(Attempt)) or 0


def student(site: Site, room: Classroom, name: str = "ada") -> TestClient:
    return signed_in(make_app(site), room, name)


def test_a_student_finds_the_way_from_the_first_page_to_the_report(site: Site) -> None:
    """Courses, course, opening, hand-in, attempt, receipt, file: each leads to the next."""
    ada = student(site, furnish(site))

    assert 'href="/courses/ml"' in ada.get("/").text
    assert f'href="{OPENING}"' in ada.get("/courses/ml").text
    assert f'action="{OPENING}"' in ada.get(OPENING).text
    status, attempt, _ = send(ada)
    assert status == 303
    assert f'href="{attempt}/receipt"' in ada.get(attempt).text
    assert f'href="{attempt}/receipt.json"' in ada.get(f"{attempt}/receipt").text
    assert ada.get(f"{attempt}/file").content == b"{}"


PAGES = [
    *(
        "home",
        "course",
        "calendar",
        "opening",
        "opening late",
        "opening to come",
        "opening cooling down",
        "opening closed",
    ),
    *("opening with a long name", "opening tried often", "attempt", "attempt with changes", "attempt that raised"),
    *("attempt unreadable", "attempt sealed", "attempt late", "attempt running", "attempt waiting"),
    *("attempt superseded", "attempt parked", "receipt"),
]


def test_every_scene_is_looked_at(stage: Stage) -> None:
    """Or the claims on pages hold of fewer than there are."""
    assert set(stage.scenes.pages) == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_said(stage: Stage, golden: Callable[[str, str], None], name: str, language: str) -> None:
    """Every scene in both languages, as it was read and approved; what is drawn by chance is left out."""
    page = stage.ada.get(stage.scenes.pages[name], headers={"Accept-Language": language}).text
    main = page[page.index("<main") : page.index("</main>")]
    shown = page if name == "home" else main
    golden(f"site/{name.replace(' ', '_')}_{language}.html", settled(shown))


def settled(page: str) -> str:
    """Without what is another one each time."""
    page = re.sub(r"\?v=[0-9a-f]{12}", "?v=DIGEST", page)
    page = re.sub(r'name="key" value="[^"]+"', 'name="key" value="KEY"', page)
    page = re.sub(r"\b[0-9a-f]{64}\b", "SHA-256", page)
    page = re.sub(r"[A-Za-z0-9+/]{86}==", "SIGNATURE", page)
    page = re.sub(r"20261129-[0-9a-f]{8}", "KEY", page)
    ids = dict.fromkeys(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", page))
    for number, each in enumerate(ids, start=1):
        page = page.replace(each, f"ATTEMPT-{number}")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_headings_nest(stage: Stage, name: str) -> None:
    """A report within a page is one document with it."""
    page = parsed(re.sub("<!doctype html>", "", stage.ada.get(stage.scenes.pages[name]).text, flags=re.IGNORECASE))
    ids = [value for each in page.elements for key, value in each.attributes if key == "id"]
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]

    assert len(ids) == len(set(ids))
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("who", ["ada", "ines"])
def test_no_page_shows_a_hidden_check(stage: Stage, who: str) -> None:
    """Neither title nor verdict nor sentence; staff see here what the student sees."""
    browser: TestClient = getattr(stage, who)
    page = browser.get(stage.scenes.pages["attempt with changes"]).text

    assert "Title of b" in page
    assert "Title of c" not in page
    assert "Message of d" not in page


@pytest.mark.parametrize("part", ["", "/receipt", "/receipt.json", "/file", "/events"])
def test_an_attempt_is_there_for_its_student_and_staff_alone(stage: Stage, part: str) -> None:
    """To others it does not exist, in whatever form."""
    path = stage.scenes.pages["attempt"] + part
    assert [who.get(path).status_code for who in (stage.ada, stage.ines, stage.bob)] == [200, 200, 404]


def test_one_form_sent_twice_is_one_attempt(on_sqlite: Site) -> None:
    """A double click uses nothing up."""
    ada = student(on_sqlite, furnish(on_sqlite))
    first, second = send(ada, key=KEY), send(ada, key=KEY)

    assert first[1] == second[1]
    assert stored(on_sqlite) == 1


def test_one_form_with_another_file_is_another_attempt(on_sqlite: Site) -> None:
    """Whoever goes back and chooses anew means it."""
    ada = student(on_sqlite, furnish(on_sqlite))
    assert send(ada, b"{}", key=KEY)[1] != send(ada, b"[]", key=KEY)[1]


def test_several_files_of_one_form_are_one_attempt(on_sqlite: Site) -> None:
    """Kept as a zip that a grader reads."""
    ada = student(on_sqlite, furnish(on_sqlite))
    files = [("notebook", ("a.ipynb", b"{}")), ("notebook", ("b.ipynb", b"[]"))]

    assert ada.post(OPENING, files=files, data={"key": KEY}, follow_redirects=False).status_code == 303
    with on_sqlite.database.read() as session:
        (attempt,) = session.scalars(select(Attempt))
        assert (attempt.filename, attempt.size) == (
            "notebooks.zip",
            len(bundled([("a.ipynb", b"{}"), ("b.ipynb", b"[]")])),
        )


@pytest.mark.parametrize("key", ["", "short", "x" * 150, "with blank in it", "ключ-из-букв"])
def test_a_form_with_a_strange_key_is_taken_all_the_same(on_sqlite: Site, key: str) -> None:
    """The key is there to help; nobody loses an attempt for want of it."""
    assert send(student(on_sqlite, furnish(on_sqlite)), key=key)[0] == 303


TOO_LARGE = b"x" * (NotebookLimits().file_bytes + 1)


@pytest.mark.parametrize(
    ("data", "status", "cure"),
    [(b"", 422, "Save the notebook"), (TOO_LARGE, 413, "Clear its outputs")],
    ids=["empty", "too large"],
)
def test_what_cannot_be_taken_is_said_beside_the_field(on_sqlite: Site, data: bytes, status: int, cure: str) -> None:
    """With what to do, at no cost, and the form is there again."""
    answered, _, page = send(student(on_sqlite, furnish(on_sqlite)), data)

    assert answered == status
    assert cure in page[page.index('id="error-notebook"') :]
    assert 'aria-invalid="true"' in page
    assert stored(on_sqlite) == 0


@pytest.mark.parametrize("files", [None, {"notebook": ("", b"")}], ids=["no field", "nothing chosen"])
def test_a_form_without_a_file_says_so(on_sqlite: Site, files: dict[str, tuple[str, bytes]] | None) -> None:
    """As browsers send it when nothing was chosen."""
    answer = student(on_sqlite, furnish(on_sqlite)).post(OPENING, files=files, data={"key": KEY})
    assert answer.status_code == 422
    assert "Choose the notebook first" in answer.text


def test_what_is_refused_says_why_and_until_when(on_sqlite: Site) -> None:
    """In the place of the form, which would be refused again."""
    room = furnish(on_sqlite, terms=Terms(cool_down_seconds=600))
    ada = student(on_sqlite, room)
    send(ada)
    status, _, page = send(ada, b"[]")

    assert status == 422
    assert "2026-11-29 12:10 UTC" in page
    assert 'type="file"' not in page
    assert stored(on_sqlite) == 1


def test_before_it_opens_there_is_its_date_and_no_form(on_sqlite: Site, clock: StoppedClock) -> None:
    """Nothing is taken, and nothing is handed out."""
    ada = student(on_sqlite, furnish(on_sqlite, terms=Terms(release=clock.after(days=1))))
    page = ada.get(OPENING).text

    assert "2026-11-30 12:00 UTC" in page
    assert "<form id=" not in page
    assert send(ada)[0] == 422
    assert ada.get(f"{OPENING}/notebook").status_code == 404


def test_moments_are_told_in_the_zone_of_the_course(on_sqlite: Site, clock: StoppedClock) -> None:
    """With the zone beside it."""
    room = furnish(on_sqlite, terms=Terms(due=clock.after(hours=1)))
    with on_sqlite.database.begin() as session:
        session.get_one(Course, room.course_id).zone = "Asia/Shanghai"

    assert "2026-11-29 21:00 UTC+08:00" in student(on_sqlite, room).get(OPENING).text


NAMES = [
    "<img src=x onerror=alert(1)>.ipynb",
    'a".ipynb',
    "手写 数字.ipynb",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=1.ipynb",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_as_a_file_and_its_name_as_text(on_sqlite: Site, name: str) -> None:
    """No browser shows it, no header is broken, no element made."""
    room = furnish(on_sqlite)
    ada = student(on_sqlite, room)
    with on_sqlite.database.begin() as session:
        session.get_one(Attempt, taken(hand_in(room, "ada")).attempt_id).filename = name
        attempt_id = session.scalar(select(Attempt.id))
    file, page = ada.get(f"/attempts/{attempt_id}/file"), ada.get(f"/attempts/{attempt_id}")

    assert file.headers["content-disposition"].startswith("attachment; ")
    assert re.fullmatch(r"[\x20-\x7e]+", file.headers["content-disposition"])
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-type"] == "application/x-ipynb+json"
    assert "set-cookie" not in file.headers
    assert "<img src=x" not in page.text


def test_names_of_people_and_courses_are_text(on_sqlite: Site) -> None:
    """Wherever they stand."""
    room = furnish(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.get_one(Course, room.course_id).title = "<script>alert(1)</script>"
        session.get_one(Person, room.people["ada"]).name = "<b>Ada</b>\u202e"
    ada = student(on_sqlite, room)
    _, attempt, _ = send(ada)

    for path in ("/", "/courses/ml", OPENING, attempt, f"{attempt}/receipt"):
        page = ada.get(path).text
        assert "<script>alert" not in page
        assert "<b>Ada" not in page
        assert "\u202e" not in page


def test_points_that_are_not_published_stand_on_no_page(on_sqlite: Site) -> None:
    """Not on the first page, nor among the attempts, nor as a picture."""
    room = furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True)))
    attempts = [graded(room, "ada", about_digits(points, 37)) for points in (13, 39)]
    ada = student(on_sqlite, room)

    for path in ("/", "/courses/ml", OPENING, *(f"/attempts/{each}" for each in attempts)):
        page = ada.get(path).text
        assert not re.search(r"\b(13|37|39|50|76) of \d", page)
        assert "<svg" not in page


def test_somebody_in_no_course_is_told_how_to_get_into_one(on_sqlite: Site) -> None:
    """An empty page would leave them alone."""
    room = furnish(on_sqlite)
    with on_sqlite.database.begin() as session:
        alone = Person(name="Nils", created_at=on_sqlite.now())
        session.add(alone)
        session.flush()
        room.people["nils"] = alone.id

    assert "invitation link" in student(on_sqlite, room, "nils").get("/").text


def test_an_owner_of_the_site_finds_every_course(on_sqlite: Site) -> None:
    """With the way to teach in it, though they are in none."""
    room = furnish(on_sqlite)
    with on_sqlite.database.begin() as session:
        owner = Person(name="Olga", owns_site=True, created_at=on_sqlite.now())
        session.add(owner)
        session.flush()
        room.people["olga"] = owner.id

    assert 'href="/courses/ml/teach"' in student(on_sqlite, room, "olga").get("/").text


def test_what_is_not_there_is_a_page_that_says_so(stage: Stage) -> None:
    """An assignment nobody opened, an attempt nobody made, an id that is none."""
    for path in ("/courses/ml/nothing", f"/attempts/{uuid.uuid4()}", "/attempts/1", "/courses/ml/No-Name"):
        answer = stage.ada.get(path)
        assert (answer.status_code, "There is nothing here" in answer.text) == (404, True)


def test_a_page_of_a_history_that_is_not_there_is_the_last(stage: Stage) -> None:
    """Nobody stands before an empty table."""
    assert "Page 2 of 2" in stage.ada.get("/courses/ml/many?page=99").text


def test_a_receipt_is_a_file_that_verifies(on_sqlite: Site) -> None:
    """What the page gives is what was signed."""
    ada = student(on_sqlite, furnish(on_sqlite))
    _, attempt, _ = send(ada)
    kept = ada.get(f"{attempt}/receipt.json")

    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.json()["statement"]["attempt"] == attempt.rpartition("/")[2]


def test_no_page_needs_a_style_or_script_of_its_own(stage: Stage) -> None:
    """A strict policy lets our files through, and nothing that stands in a page."""
    for path in stage.scenes.pages.values():
        page = stage.ada.get(path).text
        assert not re.search(r"<style|\bstyle=|\bon[a-z]+=|<script(?! src=)|javascript:", page)
