"""Regrade sets on the pages of staff and over the API: begun, looked at, decided on; and nobody else sees them."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from grader.service.site import Site
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, signed_in
from tests.service.grading import graded, two
from tests.service.staff import actions, at_desk
from tests.service.test_regrading import gaining, judged

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PAGE = "/courses/ml/openings/digits/regrades"
API = "/api/v1/courses/ml/assignments/digits/regrades"
ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def room(site: Site) -> Classroom:
    """Bob would gain."""
    room = furnish(site)
    graded(room, "ada", two(40, 10))
    graded(room, "bob", two(20, 40))
    return room


def begun(room: Classroom, ines: TestClient) -> str:
    """The address of a set that is judged."""
    answer = ines.post(PAGE, data={"revision": str(room.revision_id)})
    assert answer.status_code == 303
    judged(room, gaining)
    return urlsplit(answer.headers["Location"]).path


def test_a_set_is_begun_followed_applied_and_undone_on_its_page(room: Classroom, site: Site) -> None:
    """Each step says what is next."""
    ines = at_desk(room)
    assert "Nothing was judged again so far." in ines.get(PAGE).text
    waiting = urlsplit(ines.post(PAGE, data={"revision": str(room.revision_id)}).headers["Location"]).path
    assert "0 of 2 judged" in ines.get(waiting).text
    judged(room, gaining)
    page = ines.get(waiting).text

    assert "1 gain, 0 lose, 1 keep their score." in page
    assert "Bob" in page
    assert ines.post(waiting, data={"act": "apply", "reason": "Too strict."}).status_code == 303
    applied = ines.get(waiting).text
    assert "Too strict." in applied
    assert 'value="undo"' in applied
    assert ines.post(waiting, data={"act": "undo"}).status_code == 303
    assert actions(site)[-3:] == ["regrade.begun", "regrade.applied", "regrade.undone"]


def test_each_line_leads_to_both_reports(room: Classroom) -> None:
    """Drawn as reports are."""
    ines = at_desk(room)
    page = ines.get(begun(room, ines)).text
    links = re.findall(r'href="(/courses/ml/regrades/[^"]+/(?:before|now))"', page)

    assert [link.rpartition("/")[2] for link in links] == ["before", "now"]
    assert [ines.get(link).status_code for link in links] == [200, 200]
    assert "Bob" in ines.get(links[0]).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"act": "apply"}, "A reason is part of every report", id="no reason"),
        pytest.param({"act": "undo"}, "not applied", id="nothing applied"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(room: Classroom, data: dict[str, str], said: str) -> None:
    """With the set as it is below it."""
    ines = at_desk(room)
    answer = ines.post(begun(room, ines), data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "1 gain" in answer.text


def test_a_second_set_is_refused_with_the_form(room: Classroom) -> None:
    """While one waits."""
    ines = at_desk(room)
    begun(room, ines)
    answer = ines.post(PAGE, data={"revision": str(room.revision_id)})
    assert answer.status_code == 422
    assert "being judged again already" in answer.text


def test_the_pages_are_there_in_chinese(room: Classroom) -> None:
    """All of what is said."""
    ines = at_desk(room, language="zh")
    page = ines.get(begun(room, ines)).text
    assert "1 人得分增加" in page
    assert "全部应用" in page


def ask(room: Classroom, method: str, path: str, name: str = "ines", **more: object) -> Response:
    return signed_in(make_app(room.site), room, name).request(method, path, headers=ORIGIN, **more)  # type: ignore[arg-type]


def test_programs_do_what_pages_do(room: Classroom) -> None:
    """With the same answers to the same refusals."""
    made = ask(room, "POST", API, json={"revision": room.revision_id, "exercise": "my_softmax", "check": "a"})
    assert (made.status_code, made.json()["works"]) == (201, 1)
    path = f"/api/v1/courses/ml/regrades/{made.json()['id']}"
    assert ask(room, "GET", f"{path}/differences").status_code == 409
    judged(room, gaining)

    assert ask(room, "GET", path).json()["judged"] == 1
    (work,) = ask(room, "GET", f"{path}/differences").json()["works"]
    assert (work["direction"], work["report_now"].rpartition("/")[2]) == ("gains", "now")
    assert ask(room, "POST", f"{path}/apply", json={"reason": "x", "only_gains": True}).json() == {
        "reports": 1,
        "left": 0,
    }
    assert ask(room, "POST", f"{path}/apply", json={"reason": "x"}).status_code == 409
    assert ask(room, "POST", f"{path}/drop").status_code == 409
    assert ask(room, "POST", f"{path}/undo").json() == {"reports": 1, "left": 0}
    assert [each["state"] for each in ask(room, "GET", API).json()["items"]] == ["undone"]


def test_a_student_reads_why_once_it_applies(room: Classroom) -> None:
    """And only then."""
    ines = at_desk(room)
    path = begun(room, ines)
    bob = at_desk(room, "bob")
    (attempt,) = re.findall(r"/attempts/([0-9a-f-]{36})/staff", ines.get(path).text)[:1]
    assert "Too strict." not in bob.get(f"/attempts/{attempt}").text
    ines.post(path, data={"act": "apply", "reason": "Too strict."})
    assert "Too strict." in bob.get(f"/attempts/{attempt}").text


def test_a_set_of_another_course_is_not_there(room: Classroom, site: Site) -> None:
    """Nor one that nobody began."""
    furnish(site, slug="other", people={})
    ines = at_desk(room)
    path = begun(room, ines)
    assert ines.get(path.replace("/ml/", "/other/")).status_code == 404
    assert ines.get(f"/courses/ml/regrades/{uuid.uuid4()}").status_code == 404
