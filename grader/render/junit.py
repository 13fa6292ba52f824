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

from grader.class_report import ClassReport
from grader.render.plain import headline, place, said
from grader.render.translated import translated
from grader.render.visible import in_cell, one_line, visible
from grader.report import CheckResult, ExerciseResult, Report, Verdict
from grader.wording import ENGLISH, Words

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
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One finished suite as XML, and what it adds to the totals."""

    xml: str
    counts: Counter[str]


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The XML of one report."""
    return _document("grade", [_suite(report, report.submission.name, words)])


def render_class(report: ClassReport, reports: Iterable[Report], *, words: Words = ENGLISH) -> str:
    """The XML of a class: a suite for each row that names a report, called after the student.

    `reports` are those of these rows, in their order; they are read one by one. Raises ValueError if they are more or
    fewer.
    """
    rows = [row for row in report.students if row.report is not None]
    suites = [_suite(found, row.student, words) for row, found in zip(rows, reports, strict=True)]
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


def _suite(report: Report, owner: str, words: Words) -> Suite:
    report = translated(report, words)
    cases = list(_cases(report, in_cell(owner), words))
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
    _properties(suite, _of_report(report))
    suite.extend(cases)
    if printed := "\n".join(visible(exercise.printed) for exercise in report.exercises if exercise.printed.strip()):
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


def _of_report(report: Report) -> Iterator[tuple[str, str]]:
    yield "status", report.status.value
    if report.assignment is not None:
        yield "assignment", report.assignment.id
    if report.score is not None and report.score.earned is not None:
        yield "score", str(report.score.earned)
        yield "max_score", str(report.score.possible)


def _cases(report: Report, owner: str, words: Words) -> Iterator[Element]:
    """Never none at all: a suite without test cases looks like success."""
    if not report.exercises:
        case = Element("testcase", name=words.say("junit_readable"), classname=owner)
        reason = "\n".join(visible(notice) for notice in report.notices) or headline(report, words)
        _outcome(case, "error", report.status.value, [reason])
        yield case
    for exercise in report.exercises:
        classname = f"{owner.replace('.', '_')}.{exercise.id}"
        if not exercise.checks:
            yield _whole_exercise(exercise, classname)
        for check in exercise.checks:
            yield _case(exercise, check, classname, words)


def _whole_exercise(exercise: ExerciseResult, classname: str) -> Element:
    case = Element("testcase", name=in_cell(exercise.title), classname=classname)
    _properties(case, [("part_id", exercise.id), ("max_score", str(exercise.possible))])
    if kind := KINDS[exercise.verdict]:
        _outcome(case, kind, exercise.verdict.value, [visible(exercise.message)])
    return case


def _case(exercise: ExerciseResult, check: CheckResult, classname: str, words: Words) -> Element:
    case = Element("testcase", name=f"{in_cell(check.title)} ({check.id})", classname=classname)
    properties = [
        ("part_id", f"{exercise.id}.{check.id}"),
        ("score", str(check.earned)),
        ("max_score", str(check.possible)),
        ("visibility", check.visibility.value),
    ]
    _properties(case, [*properties, ("hint", visible(check.hint))] if check.hint else properties)
    if kind := KINDS[check.verdict]:
        where = place(exercise, words, check)
        last = [words.say("plain_where", where=where)] if where else []
        _outcome(case, kind, check.verdict.value, [*said(check, words), *last])
    return case


def _outcome(case: Element, kind: Kind, type: str, lines: list[str]) -> None:
    SubElement(case, kind, message=one_line(lines[0]), type=type).text = "\n".join(lines)


def _properties(parent: Element, pairs: Iterable[tuple[str, str]]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in pairs:
        SubElement(properties, "property", name=name, value=value)
