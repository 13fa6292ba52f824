"""Reports as JUnit XML, as CI servers read it: one suite for each notebook, one test case for each check.

There is no official schema; this keeps to what the common ones share. A wrong answer is a failure; code that raised
or was stopped is an error, and so is what could not be graded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, one_line, visible
from grader.render.feedback import CheckFeedback, ExerciseFeedback, Feedback, feedback
from grader.render.plain import lines
from grader.report.class_report import ClassReport
from grader.report.report import Report, Score, Verdict

Kind: TypeAlias = Literal["failure", "error", "skipped"]

KINDS: dict[Verdict, Kind | None] = {
    Verdict.PASSED: None,
    Verdict.PARTIAL: "failure",
    Verdict.FAILED: "failure",
    Verdict.MISSING: "failure",
    Verdict.RAISED: "error",
    Verdict.TIMED_OUT: "error",
    Verdict.OVER_LIMIT: "error",
    Verdict.NOT_GRADED: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.TO_MARK: "skipped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One finished suite as XML, and what it adds to the totals."""

    xml: str
    counts: Counter[str]


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The XML of one report."""
    return _document("grade", [_suite(report, report.submission.name, words, report.score)])


def render_class(report: ClassReport, reports: Iterable[Report], *, words: Words = ENGLISH) -> str:
    """The XML of a class: a suite for each row that names a report, called after the student.

    `reports` are those of these rows, in their order; they are read one by one. A suite's score is the row's: its
    report may be the view of a reader from whom a part is withheld. Raises ValueError if they are more or fewer.
    """
    rows = [row for row in report.students if row.report is not None]
    suites = [_suite(found, row.student, words, row.score) for row, found in zip(rows, reports, strict=True)]
    return _document(f"grade {report.assignment.id}", suites)


def _document(name: str, suites: Iterable[Suite]) -> str:
    """Suites are finished strings, since a tree of a whole class would take memory by the hundred megabytes."""
    done = list(suites)
    root = Element("testsuites", {"name": name, **_attributes(sum((suite.counts for suite in done), Counter()))})
    root.text = "\n"  # what the suites go between; a newline in a name is written as a number
    opening, closing = ElementTree.tostring(root, encoding="unicode").split("\n")
    return "".join([f'<?xml version="1.0" encoding="utf-8"?>\n{opening}\n', *(s.xml for s in done), f"{closing}\n"])


def _attributes(counts: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(counts["tests"]),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": str(counts["skipped"]),
    }


def _suite(report: Report, owner: str, words: Words, points: Score | None) -> Suite:
    told = feedback(report)
    cases = list(_cases(told, in_cell(owner), words))
    counts = Counter(child.tag for case in cases for child in case)
    counts["tests"] = len(cases)
    suite = Element(
        "testsuite",
        {
            "name": in_cell(owner),
            **_attributes(counts),
            "time": f"{report.run.seconds:.3f}",
            **_started(report.run.started),
            "hostname": in_cell(report.run.host),
            "file": in_cell(report.submission.name),
        },
    )
    _properties(suite, _of_report(report, points))
    suite.extend(cases)
    if printed := "\n".join(visible(exercise.printed) for exercise in told.exercises if exercise.printed):
        SubElement(suite, "system-out").text = printed
    ElementTree.indent(suite)
    return Suite(xml=ElementTree.tostring(suite, encoding="unicode") + "\n", counts=counts)


def _started(started: str) -> dict[str, str]:
    """Without a zone, as some servers want it: then it is UTC. Nothing if a stored report holds no time at all."""
    try:
        moment = datetime.fromisoformat(started).astimezone(UTC)
    except (ValueError, OverflowError):
        return {}
    return {"timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S")}


def _of_report(report: Report, points: Score | None) -> Iterator[tuple[str, str]]:
    yield "status", report.status.value
    if report.assignment is not None:
        yield "assignment", report.assignment.id
    if points is not None and points.earned is not None:
        yield "score", str(points.earned)
        yield "max_score", str(points.possible)


def _cases(report: Feedback, owner: str, words: Words) -> Iterator[Element]:
    """Never none at all: a suite without test cases looks like success."""
    if not report.exercises:
        case = Element("testcase", name=words.say("junit_readable"), classname=owner)
        reason = [visible(words.text(notice)) for notice in report.notices] or [words.text(report.result)]
        _outcome(case, "error", report.status.value, reason)
        yield case
    for exercise in report.exercises:
        classname = f"{owner.replace('.', '_')}.{exercise.id}"
        if not exercise.checks:
            yield _whole_exercise(exercise, classname, words)
        for check in exercise.checks:
            yield _case(exercise, check, classname, words)


def _whole_exercise(exercise: ExerciseFeedback, classname: str, words: Words) -> Element:
    case = Element("testcase", name=in_cell(words.text(exercise.title)), classname=classname)
    _properties(case, [("part_id", exercise.id), ("max_score", str(exercise.possible))])
    if kind := KINDS[exercise.verdict]:
        said = (exercise.message, *exercise.marked)
        _outcome(case, kind, exercise.verdict.value, [visible(words.text(each)) for each in said])
    return case


def _case(exercise: ExerciseFeedback, check: CheckFeedback, classname: str, words: Words) -> Element:
    case = Element("testcase", name=f"{in_cell(words.text(check.title))} ({check.id})", classname=classname)
    properties = [
        ("part_id", f"{exercise.id}.{check.id}"),
        *([] if check.earned is None else [("score", str(check.earned))]),
        ("max_score", str(check.possible)),
        ("visibility", check.visibility.value),
        *([("hint", visible(words.text(check.hint)))] if check.hint else []),
    ]
    _properties(case, properties)
    if kind := KINDS[check.verdict]:
        last = [words.say("plain_where", where=check.where)] if check.where else []
        _outcome(case, kind, check.verdict.value, [*lines(check.apart, words), *last])
    return case


def _outcome(case: Element, kind: Kind, type: str, text: list[str]) -> None:
    SubElement(case, kind, message=one_line(text[0]), type=type).text = "\n".join(text)


def _properties(parent: Element, pairs: Iterable[tuple[str, str]]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in pairs:
        SubElement(properties, "property", name=name, value=value)
