"""JUnit XML as CI servers read it. The tables here are the common ground of what they document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.render.junit import render, render_class
from grader.report.report import Counterexample, Place, Report, Run, SubmissionReference, Verdict
from tests.unit.classes import BROKEN, CLASS, HOSTILE, HOSTILE_CLASS, REPORTS, UNREADABLE, class_of, row, work
from tests.unit.reports import check, exercise, report

#: what may stand inside each element, and which attributes it may have
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out", "system-err"},
    "testcase": {"properties", "failure", "error", "skipped", "system-out", "system-err"},
    "properties": {"property"},
}
COUNTS = {"tests", "failures", "errors", "skipped"}
ATTRIBUTES = {
    "testsuites": {"name", "time", *COUNTS},
    "testsuite": {"name", "time", "timestamp", "hostname", "file", *COUNTS},
    "testcase": {"name", "classname", "time", "file", "line"},
    "property": {"name", "value"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message", "type"},
}
KINDS = [
    pytest.param(Verdict.PASSED, None, id="passed"),
    pytest.param(Verdict.FAILED, "failure", id="a wrong answer is a failure"),
    pytest.param(Verdict.MISSING, "failure", id="nothing there is a failure"),
    pytest.param(Verdict.RAISED, "error", id="an exception is an error"),
    pytest.param(Verdict.TIMED_OUT, "error", id="out of time is an error"),
    pytest.param(Verdict.OVER_LIMIT, "error", id="over a limit is an error"),
    pytest.param(Verdict.NOT_GRADED, "error", id="our failure is an error"),
    pytest.param(Verdict.SKIPPED, "skipped", id="a check that waits for another is skipped"),
]


def faults(element: Element) -> Iterator[str]:
    """Where an element breaks the tables above, or counts wrongly."""
    if extra := set(element.attrib) - ATTRIBUTES.get(element.tag, set()):
        yield f"{element.tag} has {extra}"
    if extra := {child.tag for child in element} - CHILDREN.get(element.tag, set()):
        yield f"{element.tag} holds {extra}"
    if element.tag in ("testsuites", "testsuite"):
        found = {name: len(element.findall(f".//{name[:-1]}")) for name in ("failures", "errors")}
        found |= {"tests": len(element.findall(".//testcase")), "skipped": len(element.findall(".//skipped"))}
        if wrong := [name for name in COUNTS if element.get(name) != str(found[name])]:
            yield f"{element.tag} counts {wrong} wrongly"
    for child in element:
        yield from faults(child)


@pytest.mark.parametrize("shown", [*REPORTS.values(), HOSTILE], ids=[*REPORTS, "hostile"])
def test_a_report_keeps_to_what_all_servers_share(shown: Report) -> None:
    """Elements, attributes and counts."""
    assert list(faults(fromstring(render(shown)))) == []


def test_a_class_keeps_to_what_all_servers_share() -> None:
    """With its totals at the root."""
    root = fromstring(render_class(CLASS, iter(REPORTS.values())))
    assert list(faults(root)) == []
    assert [suite.get("name") for suite in root] == list(REPORTS)


@pytest.mark.parametrize(("verdict", "kind"), KINDS)
def test_each_verdict_has_its_element(verdict: Verdict, kind: str | None) -> None:
    """The verdict itself is the type."""
    case = fromstring(render(report(exercise(check("a", verdict))))).find(".//testcase")
    assert case is not None
    outcomes = [(child.tag, child.get("type")) for child in case if child.tag != "properties"]
    assert outcomes == ([] if kind is None else [(kind, verdict.value)])


@pytest.mark.parametrize("shown", [pytest.param(UNREADABLE, id="unreadable"), pytest.param(BROKEN, id="not graded")])
def test_no_evidence_is_never_a_green_suite(shown: Report) -> None:
    """A suite without test cases would look like success."""
    assert int(fromstring(render(shown)).get("errors", "0")) == 1


def test_a_case_says_what_it_is_worth_and_where_it_went_wrong() -> None:
    """Points and hint as properties, the line of the cell in the text."""
    shown = report(exercise(check("a", Verdict.RAISED, raised_at=Place(cell=5, line=3))))
    case = fromstring(render(shown)).find(".//testcase")
    assert case is not None
    properties = {found.get("name"): found.get("value") for found in case.iter("property")}
    assert properties == {
        "part_id": "double.a",
        "score": "0",
        "max_score": "10",
        "visibility": "visible",
        "hint": "Hint of a.",
    }
    assert "In cell 5, line 3." in str(case.findtext("error"))


@given(st.text(st.characters()))
def test_whatever_a_student_writes_the_file_stays_xml(text: str) -> None:
    """Control characters, surrogates and closing tags arrive as text that every parser takes."""
    example = Counterexample(call=text, inputs=(), got=None, expected=None)
    shown = report(
        exercise(check("a", Verdict.FAILED, message=text, hint=text, counterexample=example), printed=text),
        submission=SubmissionReference(name=text, sha256=None),
        run=Run(started=text, seconds=0, host=text),
    )
    assert list(faults(fromstring(render(shown).encode()))) == []


@pytest.mark.parametrize(
    ("started", "timestamp"),
    [
        pytest.param("2025-01-01T12:00:00+02:00", "2025-01-01T10:00:00", id="in UTC, without a zone"),
        pytest.param("yesterday", None, id="no time at all"),
    ],
)
def test_the_time_stands_as_servers_want_it(started: str, timestamp: str | None) -> None:
    """Some refuse a zone."""
    suite = fromstring(render(work(30, 20, run=Run(started=started, seconds=1, host="here"))))[0]
    assert suite.get("timestamp") == timestamp


def test_reports_that_are_too_few_are_no_silent_loss() -> None:
    """A row that names a report has one."""
    with pytest.raises(ValueError, match="shorter"):
        render_class(class_of(row("a", work(0, 0)), row("b", work(0, 0))), [work(0, 0)])


def test_a_hostile_student_keeps_to_their_suite() -> None:
    """One suite for one student, whatever the name says."""
    root = fromstring(render_class(HOSTILE_CLASS, [HOSTILE]))
    assert list(faults(root)) == []
    assert len(root) == 1
