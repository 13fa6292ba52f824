"""A report over the API: as its reader may see it, when there is one, and again only if it changed."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from grader.policy.state import State
from grader.policy.terms import Publishing, Terms
from grader.report.report import Report
from grader.service.site import Site
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, handed_in, signed_in
from tests.service.grading import graded, two

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def room(site: Site) -> Classroom:
    return furnish(site)


@pytest.fixture
def app(site: Site) -> FastAPI:
    return make_app(site)


def test_a_student_reads_nothing_of_hidden_checks(room: Classroom, app: FastAPI) -> None:
    """Neither in the report nor in how the attempt stands: not which counts, nor when it was finished."""
    path = f"/api/v1/attempts/{graded(room, 'ada', two(40, 20, hidden=10))}"
    ada, greta = signed_in(app, room, "ada"), signed_in(app, room, "greta")
    shown = [Report.model_validate_json(each.get(f"{path}/report").content) for each in (ada, greta)]

    assert [sum(len(each.checks) for each in report.exercises) for report in shown] == [2, 4]
    state = ada.get(path).json()
    assert {state[name] for name in ("earned", "possible", "counts", "finished_at", "report_made_at")} == {None}


@pytest.mark.parametrize(("state", "status"), [(State.WAITING, 202), (State.SUPERSEDED, 409), (State.PARKED, 409)])
def test_where_there_is_no_report_its_state_is_told(state: State, status: int, room: Classroom, app: FastAPI) -> None:
    """Come again, or there will be none."""
    answer = signed_in(app, room, "ada").get(f"/api/v1/attempts/{handed_in(room, 'ada', state=state)}/report")

    assert answer.status_code == status


def test_what_is_not_shown_yet_is_a_409_for_students_alone(site: Site) -> None:
    """Staff read it at once."""
    room, app = furnish(site, terms=Terms(publishing=Publishing(by_hand=True))), make_app(site)
    path = f"/api/v1/attempts/{graded(room, 'ada', two(40, 20))}/report"

    assert signed_in(app, room, "ada").get(path).json()["type"] == "/problems/not_shown_yet"
    assert signed_in(app, room, "greta").get(path).status_code == 200


def test_a_report_is_sent_again_only_if_it_changed(room: Classroom, app: FastAPI) -> None:
    """By its tag; as a page it has another, and no script."""
    path, ada = f"/api/v1/attempts/{graded(room, 'ada', two(40, 20))}/report", signed_in(app, room, "ada")
    first, page = ada.get(path), ada.get(path, headers={"Accept": "text/html"})

    assert ada.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["ETag"] != first.headers["ETag"]
    assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
