"""From the reports of a class to which of them are alike, as data; and the answers of a pair beside each other.

Files, courses and languages are not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.classes.likeness.pairs import Found, Pair, Work, clusters_of, pairs_of
from grader.classes.likeness.passages import passages_of
from grader.classes.likeness.traces import Trace, WrittenAnswer, traced
from grader.errors import UsageError
from grader.messages import say
from grader.report.likeness import AlikePair, BesideEachOther, Likeness, LikenessRule, MarkedText, Unread
from grader.report.marking import unmarked
from grader.report.report import AssignmentReference, Record, Report, Verdict

#: everybody is compared with everybody: so many take some hundred megabytes
MOST_SUBMISSIONS: Final = 6_000


class Submitted(Record):
    """What is compared of one submission: whose, the name that the roster gave, the answers and the titles of their
    exercises; `sha256` of what was handed in, if it is known."""

    student: str
    name: str = ""
    assignment: AssignmentReference | None = None
    sha256: str | None = None
    answers: dict[str, WrittenAnswer]
    titles: dict[str, str]


def submitted(student: str, name: str, report: Report) -> Submitted:
    """Of that report."""
    return Submitted(
        student=student,
        name=name,
        assignment=report.assignment,
        sha256=report.submission.sha256,
        answers=dict(_answers(report)),
        titles={each.id: each.title for each in report.exercises},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedClass:
    """What came of it, and all that it takes to lay a pair side by side."""

    told: Likeness
    works: Sequence[Work]
    answers: Sequence[Mapping[str, WrittenAnswer]]
    found: Found

    def beside(self, number: int) -> tuple[BesideEachOther, ...]:
        """The answers of the pair with this number, exercise by exercise: most in common first, then the longest."""
        pair = self.found.pairs[number]
        both = sorted(
            self.answers[pair.one].keys() & self.answers[pair.other].keys(),
            key=lambda each: (-pair.exercises.get(each, -1.0), -len(self.answers[pair.one][each].source), each),
        )
        return tuple(self._beside(pair, exercise) for exercise in both)

    def _beside(self, pair: Pair, exercise: str) -> BesideEachOther:
        one, other = (self.works[at].traces.get(exercise, _NOTHING) for at in (pair.one, pair.other))
        passages = passages_of(one, other, lambda number: (exercise, number) in self.found.weights)
        texts = (self.answers[at][exercise].source for at in (pair.one, pair.other))
        left, right = (MarkedText(source=text, passages=marks) for text, marks in zip(texts, passages, strict=True))
        return BesideEachOther(exercise=exercise, one=left, other=right)


_NOTHING: Final = Trace((), ())


def compared(
    works: Sequence[Submitted], *, exercise: str | None = None, handed_out: Collection[int] | None = None
) -> ComparedClass:
    """Everybody with everybody, over all exercises or in one. `handed_out`: fingerprints that say nothing; None where
    nobody knows. Raises UsageError for too many."""
    if len(works) > MOST_SUBMISSIONS:
        raise UsageError(say("likeness_too_many", submissions=len(works), most=MOST_SUBMISSIONS))
    answers = [{name: each.answers[name] for name in each.answers if exercise in (None, name)} for each in works]
    read = iter(traced([answer for each in answers for answer in each.values()]))
    traces = [{name: next(read) for name in each} for each in answers]
    compared = [
        Work(who=work.student, traces={name: trace for name, trace in each.items() if trace is not None})
        for work, each in zip(works, traces, strict=True)
    ]
    found = pairs_of(compared, handed_out or ())
    return ComparedClass(
        told=_told(works, compared, traces, found, is_known=handed_out is not None),
        works=compared,
        answers=answers,
        found=found,
    )


def _answers(report: Report) -> Iterator[tuple[str, WrittenAnswer]]:
    """What was written for each exercise; nothing where nothing was found."""
    for each in report.exercises:
        if each.cell is not None and each.cell.source.strip():
            yield each.id, WrittenAnswer(each.cell.source, is_text=unmarked(each).verdict is Verdict.TO_MARK)


def _told(
    works: Sequence[Submitted],
    compared: Sequence[Work],
    traces: Sequence[Mapping[str, Trace | None]],
    found: Found,
    *,
    is_known: bool,
) -> Likeness:
    spread = found.spread
    asked = dict.fromkeys(name for each in traces for name in each)
    long_enough = {name for each in compared for name, trace in each.traces.items() if trace.fingerprints}
    return Likeness(
        assignment=next((each.assignment for each in works if each.assignment is not None), None),
        exercises={name: title for work in works for name, title in work.titles.items() if name in asked},
        rule=LikenessRule(
            submissions=len(works),
            compared=spread.compared,
            pairs=spread.pairs,
            median=round(spread.median, 4),
            high=round(spread.high, 4),
            least=None if spread.least is None else round(spread.least, 4),
            bits=round(spread.bits, 1),
            fixed=spread.fixed,
            handed_out=is_known,
        ),
        pairs=tuple(_pair(each, works) for each in found.pairs),
        clusters=tuple(tuple(works[at].student for at in each) for each in clusters_of(found.pairs, compared)),
        too_short=tuple(name for name in asked if name not in long_enough),
        unread=tuple(
            Unread(student=work.student, exercise=name)
            for work, each in zip(works, traces, strict=True)
            for name, trace in each.items()
            if trace is None
        ),
        names={each.student: each.name for each in works if each.name and each.name != each.student},
    )


def _pair(pair: Pair, works: Sequence[Submitted]) -> AlikePair:
    one, other = works[pair.one], works[pair.other]
    return AlikePair(
        students=(one.student, other.student),
        share=round(pair.share, 4),
        exercises={name: round(share, 4) for name, share in pair.exercises.items()},
        same_file=one.sha256 is not None and one.sha256 == other.sha256,
    )
