"""Events of an attempt: how far it is, to whoever may see it, and nothing else."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import update

from grader.policy.state import State
from grader.service.site import Site
from grader.service.store.outline import Stage
from grader.service.store.tables import Membership
from grader.service.web.app import make_app
from grader.service.web.watching import Progress, Watcher
from tests.service.classroom import furnish, handed_in, signed_in
from tests.service.grading import graded
from tests.service.scenes import about_digits
from tests.service.test_watching import Told


def test_a_stream_tells_each_step_and_then_that_it_is_over(on_sqlite: Site) -> None:
    """Pieces of the page, in the reader's language; what comes then is asked for as a page."""
    room = furnish(on_sqlite)
    attempt_id = handed_in(room, "ada")
    app = make_app(on_sqlite)
    steps = [
        Progress(state=State.WAITING, ahead=3, seconds=90),
        Progress(state=State.RUNNING, stage=Stage(exercise=2, exercises=2, title="The model")),
        Progress(state=State.GRADED),
    ]
    app.state.watcher = Watcher(Told([{attempt_id: each} for each in steps]), every=0.001)
    told = signed_in(app, room, "ada").get(f"/attempts/{attempt_id}/events").text

    assert re.findall(r"event: (\w+)", told) == ["progress", "progress", "over"]
    assert "Before yours: 3 attempts" in told
    assert "Exercise 2 of 2" in told
    assert told.index("The model") < told.index("event: over")


def test_a_stream_of_what_is_over_says_so_and_ends(site: Site) -> None:
    """A browser that comes back late, with whatever it says it heard last; no points, no titles of checks."""
    room = furnish(site)
    attempt_id = graded(room, "ada", about_digits(10, 10))
    ada = signed_in(make_app(site), room, "ada")
    told = ada.get(f"/attempts/{attempt_id}/events", headers={"Last-Event-ID": "12; drop"})

    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.headers["cache-control"] == "no-store"
    assert re.sub(r"\s+", " ", told.text).strip() == "event: over data: graded retry: 2000"


@pytest.mark.parametrize("above", ["", "/api/v1"])
def test_a_stream_ends_for_whoever_is_not_of_the_course_any_more(on_sqlite: Site, above: str) -> None:
    """The page's and the API's: a grader who leaves while an attempt waits hears no more of it, nor of the next."""
    room = furnish(on_sqlite)
    attempt_id = handed_in(room, "ada")

    def leaves(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Progress]:
        with on_sqlite.database.begin() as session:
            session.execute(
                update(Membership).where(Membership.person_id == room.people["greta"]).values(left_at=on_sqlite.now())
            )
        return {attempt_id: Progress(state=State.WAITING)}

    app = make_app(on_sqlite)
    app.state.watcher = Watcher(leaves, every=0.001, recheck=0)
    told = signed_in(app, room, "greta").get(f"{above}/attempts/{attempt_id}/events")

    assert (told.status_code, told.text) == (200, "")


def test_whoever_follows_too_much_is_told_when_to_come_again(on_sqlite: Site) -> None:
    """And the page asks every two seconds instead."""
    room = furnish(on_sqlite)
    attempt_id = handed_in(room, "ada")
    app = make_app(on_sqlite)
    app.state.watcher = Watcher(Told([{}]), most_streams=0)
    answer = signed_in(app, room, "ada").get(f"/attempts/{attempt_id}/events")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
