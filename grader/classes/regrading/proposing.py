"""What a revision would change in a stored class: judged, compared, shown, and put beside the class to be decided."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.classes.crew import usable_cores
from grader.classes.differences import Pair, differences
from grader.classes.export.marking import markable
from grader.classes.export.stored import read_class
from grader.classes.fingerprint import environment_key
from grader.classes.judged import Judged, RevisionNote, digest_of_course, read_judged
from grader.classes.marks import FILE as MARKS
from grader.classes.marks import Markable, Marks, markable_in, read_marks
from grader.classes.progress import Watching
from grader.classes.regrade_sets import (
    SETS,
    RegradeSet,
    SetRecord,
    State,
    new_set,
    proposed,
    sha256,
)
from grader.classes.regrading.judging import Asked, Judging, Rejudged, Rooms, Stored, judged_again, stored_in
from grader.classes.regrading.request import AFTER, DIFFERENCES, OTHERWISE, PAGE, RegradeRequest
from grader.classes.writing import write_whole
from grader.course.assignment import Assignment
from grader.course.folder import find_course
from grader.grading.key_store import one_for_all
from grader.grading.provenance import installed
from grader.grading.revisions import Revision
from grader.limits import NotebookLimits
from grader.messages import Words, terminal
from grader.render import differences as drawn
from grader.render import json_report
from grader.report.class_report import ClassReport
from grader.report.differences import Differences, LeftAsItIs
from grader.report.marking import marked
from grader.report.report import AssignmentReference, Report
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """The class as it is stored, and what it is to be judged by."""

    report: ClassReport
    every: tuple[Stored, ...]
    judged: Judged | None
    revision: Revision
    words: Words
    #: what people gave, held to what exercises are worth as stored, and by the revision
    marks: Marks
    marks_now: Marks


def propose(request: RegradeRequest, environment: Mapping[str, str], watch: Watching) -> tuple[RegradeSet | None, int]:
    """A set that waits, unless nothing would change; and the exit code so far."""
    settings = Settings.from_environment(environment)
    stored = _stored(request, settings)
    with one_for_all(settings.keys_folder) as keys:
        made = _judged(stored, request, settings, keys, watch)
    if (waits := proposed(request.folder)) is not None:
        waits.drop()  # another proposal takes its place
    pairs, after = _pairs(stored, made, request.folder)
    found = differences(
        AssignmentReference.to(stored.revision.assignment),
        pairs,
        marks_wrong=stored.marks_now.faults,
        left=[LeftAsItIs(who=each.stored.who, reason=each.reason) for each in made if each.reason is not None],
    )
    chosen = new_set(request.folder) if found.works else None
    if chosen is not None:
        _keep(chosen, stored, after, found)
    _show(found, request, stored.words, settings, chosen)
    return chosen, 3 if found.left else 0


def _stored(request: RegradeRequest, settings: Settings) -> _Class:
    judged = read_judged(request.folder)
    report = read_class(request.folder)
    course = find_course(request.course or settings.course, near=Path.cwd(), graded=[request.folder])
    assignment = course.assignment(report.assignment.id)
    rows = [(row.student, row.name, row.report) for row in report.students if row.report is not None]
    every = tuple(stored_in(request.folder, rows))
    as_stored = {one.id: markable(one) for stored in every for one in stored.report.exercises}
    language = request.language or ("en" if judged is None else judged.noted.language)
    return _Class(
        report=report,
        every=every,
        judged=judged,
        revision=Revision(
            course=course,
            assignment=assignment,
            seed=_seed(request, judged, assignment),
            environment=environment_key(NotebookLimits(), installed()),
        ),
        words=course.words(assignment.id, language),
        marks=_marks(request.folder / MARKS, every, as_stored.values()),
        marks_now=_marks(request.folder / MARKS, every, markable_in(assignment)),
    )


def _marks(file: Path, every: Sequence[Stored], exercises: Iterable[Markable]) -> Marks:
    """What people gave, as far as it is right; lines that are not are named, and keep the set from being applied."""
    return read_marks(file, students={stored.who for stored in every}, exercises=exercises)


def _seed(request: RegradeRequest, judged: Judged | None, assignment: Assignment) -> int:
    """The one that was asked for, now or when the class was graded; else the assignment's own."""
    if request.seed is not None:
        return request.seed
    numbers = range(0 if judged is None else len(judged.noted.revisions))
    for before in (judged.revision(number) for number in reversed(numbers) if judged is not None):
        if before is not None and before.seed != before.assignment.seed:
            return before.seed
    return assignment.seed


def _judged(stored: _Class, request: RegradeRequest, settings: Settings, keys: Path, watch: Watching) -> list[Rejudged]:
    revision, noted = stored.revision, stored.judged
    lay = [] if noted is None else [Path(each) for each in noted.noted.submissions]
    submissions = request.submissions or tuple(lay)
    folders = (path if path.is_dir() else path.absolute().parent for path in submissions)
    rooms = Rooms(
        course=revision.course.folder,
        assignment=revision.assignment.id,
        seed=revision.seed,
        sandbox=request.sandbox,
        keys=keys,
        private=(*submissions, *folders, request.folder),
    )
    total, quiet, colour = len(stored.every), request.quiet, settings.colour
    with watch(terminal.progress(), total=total, quiet=quiet, colour=colour) as watcher:
        asked = Asked(rooms=rooms, submissions=submissions, workers=request.workers or usable_cores(), watcher=watcher)
        return judged_again(stored.every, Judging(noted, revision), asked)


def _pairs(stored: _Class, made: Sequence[Rejudged], folder: Path) -> tuple[list[Pair], dict[str, Report]]:
    """Both reports of each submission, with the marks of people; and those that are new, as the machine made them."""
    pairs, after = [], {}
    number = new_set(folder).number
    for each in made:
        if each.now is None:
            continue
        who, path = each.stored.who, each.stored.path
        after[path] = each.now
        pairs.append(
            Pair(
                who=who,
                name=each.stored.name,
                before=marked(each.stored.report, stored.marks.of(who)),
                now=marked(each.now, stored.marks_now.of(who)),
                report_before=path,
                report_now=f"{SETS}/{number}/{AFTER}/{path}",
                asked_again=each.asked_again,
            )
        )
    return pairs, after


def _keep(chosen: RegradeSet, stored: _Class, after: Mapping[str, Report], found: Differences) -> None:
    """Put the proposal into the class folder's corner, its record last: without one it is no set."""
    changed = {work.report_before for work in found.works}
    for path, report in after.items():
        if path in changed:
            text = json_report.render(report)
            write_whole(chosen.home / AFTER / path, text, otherwise=OTHERWISE)
    home = chosen.home
    write_whole(home / DIFFERENCES, drawn.as_json(found), otherwise=OTHERWISE)
    page = drawn.as_page(found, words=stored.words, home="../../../")
    write_whole(home / PAGE, page, otherwise=OTHERWISE)
    revision = stored.revision
    chosen.note(
        SetRecord(
            state=State.PROPOSED,
            course=str(revision.course.folder),
            language=stored.words.language,
            revision=RevisionNote(
                course=digest_of_course(revision.course, revision.assignment),
                seed=revision.seed,
                environment=revision.environment,
            ),
            made_of={each.path: sha256(each.data) for each in stored.every},
        )
    )


def _show(
    found: Differences, request: RegradeRequest, words: Words, settings: Settings, chosen: RegradeSet | None
) -> None:
    if request.json is not None and str(request.json) != "-":
        write_whole(request.json, drawn.as_json(found), otherwise=OTHERWISE)
    if request.html is not None:
        home = os.path.relpath(request.folder, request.html.absolute().parent)
        write_whole(request.html, drawn.as_page(found, words=words, home=f"{home}/"), otherwise=OTHERWISE)
    if str(request.json) == "-":
        terminal.hand_over(drawn.as_json(found))
    elif not request.quiet:
        colour = terminal.is_watched() and settings.colour
        terminal.show(drawn.as_text(found, words=words, width=terminal.width(most=100), colour=colour))
    if chosen is not None and not request.quiet and not request.apply:
        terminal.say(words.say("regrade_waits", page=str(chosen.home / PAGE)))
