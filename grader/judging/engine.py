"""The one engine: it asks a room every question of an answer key, and holds what came to the rules.

No kind of question or rule is known here.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from grader.course.assignment import CallShape, Check, Exercise, Remark
from grader.judging.answer_key import Key, question_of
from grader.judging.behaviour import digest_of
from grader.judging.examination import Ask, Examination, Fault, Subject, judge_in_order
from grader.judging.inputs import size_of
from grader.judging.question import Args, Asked, Beside, Case, Misconception, Question, Reaction
from grader.judging.rules import Rule, is_too_large
from grader.judging.shapes import Way, way_for
from grader.judging.timing import Put, TimedRun
from grader.messages import Message, prose, say
from grader.wall import protocol
from grader.wall.protocol import Answer, NoOutcome


def examine(exercise: Exercise, key: Key, subject: Subject, ask: Ask) -> Examination:
    """Put every question, in the shape that a definition asks for; judge, and look what to show of what failed."""
    way = way_for(exercise.shapes, subject.parameters, key.known)
    witness = _Witness(subject.target, ask, way)
    reactions = _all_asked(exercise, key, witness)
    hints = _Hints(exercise, reactions, key, subject)
    search = _Search(witness, key, most=witness.asked) if key.shows else None

    def fault_of(check: Check) -> Fault | None:
        fault = _fault(check, reactions[check.id], search, witness.target)
        return None if fault is None else replace(fault, hint=hints.on(check, fault))

    results = judge_in_order(exercise.checks, fault_of)
    beside = _beside(exercise, reactions, frozenset(key.cases))
    full = all(each.earned == each.possible for each in results)
    return Examination(
        checks=results,
        remarks=tuple(_remarks(exercise, key, witness, reactions)) if full else (),
        notices=(*_about_shape(way.shape, exercise, subject.target), *beside.notices),
        misconception=None if full or hints.known is None else hints.known.name,
        behaviour=digest_of(reactions, seed=key.seed),
        layers=beside.layers,
        curve=beside.curve,
    )


class _Witness:
    """The student's work, seen through the wall: numbers the questions and pairs answers with what was asked."""

    def __init__(self, target: str, ask: Ask, way: Way) -> None:
        self.target = target
        self._ask = ask
        self._way = way
        self.asked = 0

    def answers(self, asked: Iterable[tuple[Question, Args]]) -> list[Answer]:
        return self._answers([each.asked for each in self._put(asked)])

    def _answers(self, put: Sequence[protocol.Question]) -> list[Answer]:
        self.asked += len(put)
        return list(self._ask(put))

    def _put(self, asked: Iterable[tuple[Question, Args]]) -> list[Put]:
        return [
            Put(asked=question.put(self.passed(question, args), id=self.asked + n, target=self.target), args=args)
            for n, (question, args) in enumerate(asked)
        ]

    def passed(self, question: Question, args: Args) -> Args:
        return self._way.pick(args) if question.answered_by == "function" else args

    def react(self, question: Question, cases: Sequence[Case], *, twice: bool = False) -> tuple[Reaction, ...]:
        times = 2 if twice else 1
        answers = self.answers((question, case.args) for case in cases for _ in range(times))
        return tuple(
            self._reaction(question, case, *answers[times * n : times * (n + 1)]) for n, case in enumerate(cases)
        )

    def react_timed(
        self, question: Question, cases: Sequence[Case], times: float, others: Iterable[tuple[Question, Args]]
    ) -> tuple[Reaction, ...]:
        """As `react`, with the time that it takes, which may be so many times the reference's; see `TimedRun`."""
        beside = tuple(self._put(others))
        runs = [
            TimedRun(id=each.asked.id, target=self.target, asked=each.asked, args=each.args, times=times, others=beside)
            for each in self._put((question, case.args) for case in cases)
        ]
        return tuple(
            self._reaction(question, case, answer) for case, answer in zip(cases, self._answers(runs), strict=True)
        )

    def _reaction(self, question: Question, case: Case, answer: Answer, again: Answer | None = None) -> Reaction:
        reaction = Reaction(
            args=case.args,
            expected=case.expected,
            answer=answer,
            again=again,
            passed=self.passed(question, case.args),
            judged=case.judged,
        )
        return replace(reaction, seen=question.seen(reaction, self.target))

    def react_again(self, checks: Iterable[Check], reactions: dict[str, tuple[Reaction, ...]], seed: int) -> None:
        """The same questions once more, in another order and the last of them twice, so that an answer that counts them
        gives itself away: one that takes turns may by chance be asked the same question at the same turn only."""
        again = [(check, number) for check in checks for number in range(len(reactions[check.id]))]
        random.Random(seed).shuffle(again)  # noqa: S311  # reproducible on purpose
        again += again[-1:]
        answers = self.answers((question_of(check), reactions[check.id][number].args) for check, number in again)
        second: dict[str, list[Reaction]] = {check.id: [] for check, _ in again}
        for (check, number), answer in sorted(zip(again, answers, strict=True), key=lambda each: each[0][1]):
            second[check.id].append(replace(reactions[check.id][number], again=answer))
        reactions |= {name: tuple(found) for name, found in second.items()}


def _all_asked(exercise: Exercise, key: Key, witness: _Witness) -> dict[str, tuple[Reaction, ...]]:
    """What came of each check's cases; a question that several checks share is put once, unless it is a call."""
    put: dict[int, tuple[Reaction, ...]] = {}
    reactions: dict[str, tuple[Reaction, ...]] = {}
    for check in exercise.checks:
        question = question_of(check)
        if not question.once or id(question) not in put:
            put[id(question)] = _reactions(exercise, key, witness, check)
        reactions[check.id] = put[id(question)]
    if repeated := [check for check in exercise.checks if check.rule.twice]:
        witness.react_again(repeated, reactions, key.seed)
    return reactions


def _reactions(exercise: Exercise, key: Key, witness: _Witness, check: Check) -> tuple[Reaction, ...]:
    """What came of the check's cases; where time counts, beside what the other checks ask, of this part alone: in one
    room nothing of a hidden check comes together with what is seen."""
    if check.rule.timed is None:
        return witness.react(question_of(check), key.cases[check.id])
    untimed = (other for other in exercise.checks if other.rule.timed is None)
    others = ((question_of(other), case.args) for other in untimed for case in key.cases[other.id])
    return witness.react_timed(question_of(check), key.cases[check.id], check.rule.timed, others)


def _fault(check: Check, reactions: tuple[Reaction, ...], search: _Search | None, target: str) -> Fault | None:
    judged = [(reaction, _broken(check.rule, reaction)) for reaction in reactions if reaction.judged]
    broken = [reaction for reaction, fault in judged if fault is not None]
    faults = [fault for _, fault in judged if fault is not None]
    if not broken:
        return None if reactions else Fault(detail=say("no_call"))
    if search is None:
        return faults[0].among(faults)
    smallest = search.smallest(check, broken)
    fault = _broken(check.rule, smallest)
    assert fault is not None
    return replace(fault.among(faults), counterexample=question_of(check).example(check, smallest, target))


def _broken(rule: Rule, reaction: Reaction) -> Fault | None:
    unjudged = isinstance(reaction.seen, Fault) and not rule.judges_errors
    return reaction.seen if unjudged else rule.fault(reaction)


class _Search:
    """For the smallest reaction to show: known small calls are asked until one goes wrong, a few at a time.

    Of all checks together no more than `most` calls are asked, as many as judging took: a failure costs twice what a
    pass costs and no more, and since calls are counted and not seconds, the same submission is shown the same ones.
    """

    def __init__(self, witness: _Witness, key: Key, *, most: int) -> None:
        self._witness = witness
        self._key = key
        self._left = most

    def smallest(self, check: Check, broken: Sequence[Reaction]) -> Reaction:
        """The smallest of `broken`, the reactions of a check that went wrong, or a small one that does as well."""
        if not question_of(check).drawn or check.rule.timed or isinstance(broken[0].answer, NoOutcome):
            return broken[0]  # of a small call no time can be told
        small = self._first_broken(check)
        seen = [r for r in broken if not isinstance(r.answer, NoOutcome)]
        return min(seen if small is None else [small, *seen], key=lambda r: size_of(r.args))

    def _first_broken(self, check: Check) -> Reaction | None:
        """The reaction to the smallest call known that goes wrong; None if none does, or one was not answered."""
        times = 2 if check.rule.twice else 1
        for cases in _more_and_more(self._key.small.get(check.id, ())[: self._left // times]):
            self._left -= len(cases) * times
            for reaction in self._witness.react(question_of(check), cases, twice=check.rule.twice):
                if isinstance(reaction.answer, NoOutcome):
                    return None
                if _broken(check.rule, reaction) is not None:
                    return reaction
        return None


def _more_and_more(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    """One, since where every call goes wrong the first does; then 3, 9 and so on, each in one round trip."""
    begin, count = 0, 1
    while begin < len(cases):
        yield cases[begin : begin + count]
        begin, count = begin + count, count * 3


class _Hints:
    """What to tell of a failed check: the known mistake; else what the rule knows, or the answers have in common."""

    def __init__(
        self, exercise: Exercise, reactions: dict[str, tuple[Reaction, ...]], key: Key, subject: Subject
    ) -> None:
        self.question_of = question_of(exercise.checks[0])
        self._asked = list(_asked(exercise, reactions))
        self._key = key
        self._subject = subject
        self._common: dict[type[Rule], Message | None] = {}

    @cached_property
    def known(self) -> Misconception | None:
        """The known mistake that answers as the student does."""
        return self.question_of.known(self._key.misconceptions, self._asked, self._subject)

    def on(self, check: Check, fault: Fault) -> Message | None:
        """The hint, if there is a better one than the check's own."""
        if not self._key.hints:
            return None
        if self.known is not None and check.points > 0:
            return prose(self.known.hint)
        return fault.hinted(check.rule.hints).hint or self._in_common(check) or _hint_of_rule(check, fault)

    def _in_common(self, check: Check) -> Message | None:
        kind = type(check.rule)
        if kind not in self._common:
            self._common[kind] = self.question_of.in_common(check, self._asked)
        return self._common[kind]


def _hint_of_rule(check: Check, fault: Fault) -> Message | None:
    hint: Message | None = check.rule.hint if check.hint is None and fault.judged else None
    return hint


def _beside(exercise: Exercise, reactions: dict[str, tuple[Reaction, ...]], names: frozenset[str]) -> Beside:
    return question_of(exercise.checks[0]).beside(list(_asked(exercise, reactions)), names)


def _asked(exercise: Exercise, reactions: Mapping[str, tuple[Reaction, ...]]) -> Iterator[Asked]:
    return ((check, reaction) for check in exercise.checks for reaction in reactions[check.id])


def _about_shape(shape: CallShape | None, exercise: Exercise, target: str) -> Iterable[Message]:
    if shape is not None and shape != exercise.shapes[0]:
        yield say("called_as", target=target, names=", ".join(shape.names))


def _remarks(
    exercise: Exercise, key: Key, witness: _Witness, reactions: dict[str, tuple[Reaction, ...]]
) -> Iterable[Message]:
    yield from question_of(exercise.checks[0]).accepted(list(_asked(exercise, reactions)), witness.target)
    for remark, cases in zip(exercise.remarks, key.remarks, strict=True):
        if any(_is_made(remark, reaction) for reaction in witness.react(question_of(remark), cases)):
            yield prose(remark.text)


def _is_made(remark: Remark, reaction: Reaction) -> bool:
    """Whether the remark is one for this reaction."""
    if is_too_large(reaction):
        return False
    return remark.applies(reaction) if remark.applies is not None else _broken(remark.rule, reaction) is not None
