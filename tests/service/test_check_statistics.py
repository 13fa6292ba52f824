"""The statistics of an opening: what went wrong most, each kind once and with how many students it met."""

from __future__ import annotations

import re

from grader.messages import Message, say
from grader.report.report import Verdict
from grader.service.attempts.all_tries import figures_of
from grader.service.attempts.check_statistics import AssignmentNumbers, numbers
from grader.service.site import Site
from grader.service.store.tables import Opening
from tests.service.classroom import furnish
from tests.service.lively import graded
from tests.service.staff import at_desk, main_of
from tests.unit.reports import check, exercise, report

CHECKS = ("first", "second", "third")


def raised(type: str, text: str) -> Message:
    """What a check says of a function that raised."""
    error = say("error", type=type, text=text)
    return say("raised", target="my_softmax", error=say("error_at", error=error, cell=4, line=5))


def of(site: Site, **said: tuple[Message, ...]) -> AssignmentNumbers:
    """The statistics of a class in which each check told each student that."""
    room = furnish(site)
    for name, messages in said.items():
        checks = (check(one, Verdict.RAISED, message=each) for one, each in zip(CHECKS, messages, strict=False))
        graded(room, name, report(exercise(*checks)))
    with site.database.read() as session:
        return numbers(session, room.opening_id)


def test_one_error_that_fails_all_checks_is_told_once_with_its_students(on_sqlite: Site) -> None:
    """Whatever it is about in each of them; the checks leave it out."""
    ada, bob = raised("NameError", "name 'np' is not defined"), raised("NameError", "name 'z' is not defined")
    found = of(on_sqlite, ada=(ada,) * 3, bob=(bob,) * 3)

    assert [(each.students, each.message.key) for each in found.exercises[0].common] == [(2, "raised")]
    assert [each.common for each in found.exercises[0].checks] == [()] * 3


def test_errors_of_two_types_are_two_failures(on_sqlite: Site) -> None:
    """They have one sentence; what raised tells them apart."""
    found = of(on_sqlite, ada=(raised("NameError", "z"),), bob=(raised("TypeError", "z"),))

    assert [each.students for each in found.exercises[0].checks[0].common] == [1, 1]
    assert found.exercises[0].common == ()


def test_a_failure_of_one_check_stands_beside_it(on_sqlite: Site) -> None:
    """However many students it met."""
    found = of(on_sqlite, **dict.fromkeys(("ada", "bob"), (raised("NameError", "z"),)))

    assert [each.students for each in found.exercises[0].checks[0].common] == [2]


def test_what_staff_hand_in_counts_for_nobody(on_sqlite: Site) -> None:
    """They try the assignment out; a class is its students."""
    room = furnish(on_sqlite)
    for name, verdict in (("ada", Verdict.FAILED), ("ines", Verdict.PASSED), ("greta", Verdict.PASSED)):
        graded(room, name, report(exercise(check("first", verdict))))
    with on_sqlite.database.read() as session:
        found = numbers(session, room.opening_id)
        figures = figures_of(session, session.get_one(Opening, room.opening_id))

    assert (found.students, found.exercises[0].checks[0].tried, found.exercises[0].checks[0].passed) == (1, 1, 0)
    assert (figures.students, figures.attempts, figures.checks[0].now.passed) == (1, 1, 0)


def test_the_page_of_checks_says_who_passes_in_which_attempt(on_sqlite: Site) -> None:
    """As numbers, and where a mistake led; empty where nothing is graded."""
    room = furnish(on_sqlite)
    path = "/courses/ml/digits/statistics/checks"
    assert "Nothing" in main_of(at_desk(room).get(path).text)
    for number, verdict, mistake in ((1, Verdict.FAILED, "off_by_one"), (2, Verdict.PASSED, None)):
        graded(room, "ada", report(exercise(check("first", verdict), misconception=mistake)), number=number)
    page = main_of(at_desk(room).get(path).text)

    assert [*re.findall(r"Attempt \d", page)] == ["Attempt 1", "Attempt 2"]
    assert [*re.findall(r"(\d+) % <small>(\d/\d)", page)] == [("100", "1/1"), ("0", "0/1"), ("100", "1/1")]
    assert re.search(r"off by one.*right.*1</td>", page)
    assert "按提交次数" in at_desk(room, language="zh").get(path).text
