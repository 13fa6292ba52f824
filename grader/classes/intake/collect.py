"""From what was named on the command line to one file for each student. Reads as the story of a class handing in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.classes.intake import HandIn, Intake, SetAside, Student
from grader.classes.intake.choosing import Answered, chosen, latest, nothing_known, older
from grader.classes.intake.claims import Claim, Question
from grader.classes.intake.found import FileKind, Found, without_ending
from grader.classes.intake.layouts import layout_of, unwrapped
from grader.classes.intake.lookup import Lookup
from grader.classes.intake.named import trees
from grader.classes.intake.roster import Roster
from grader.errors import UsageError
from grader.limits import IntakeLimits
from grader.messages import english, say
from grader.notebook.bundle import MOST

#: scripts of one student that may count: one who hands in an environment whole hands in thousands
MOST_SCRIPTS = 20
NO_NOTEBOOK = say("no_notebook_among_files")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """A student, and all that is claimed to be theirs."""

    student: Student
    on_roster: bool
    claims: tuple[Claim, ...]

    def of(self, *kinds: FileKind) -> list[Claim]:
        return [claim for claim in self.claims if claim.found.kind in kinds]

    @property
    def candidates(self) -> list[Claim]:
        """What may count: the notebooks, and the outermost scripts that came with the latest of them, or alone."""
        notebooks, scripts = self.of(FileKind.NOTEBOOK), self.of(FileKind.SCRIPT)
        if notebooks:
            age = latest(notebooks)[0].age
            scripts = [claim for claim in scripts if claim.age == age]
        return notebooks + sorted(scripts, key=lambda claim: (len(claim.found.parts), claim.found.parts))[:MOST_SCRIPTS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that was handed in by whom, before it is settled which of several notebooks of one student counts."""

    layout: str
    people: tuple[_Person, ...]
    strays: tuple[SetAside, ...]
    absent: tuple[Student, ...]
    outputs: tuple[str, ...]

    @property
    def strangers(self) -> tuple[str, ...]:
        """Who handed in and is not on the roster."""
        return tuple(person.student.id for person in self.people if _handed_in(person) and not person.on_roster)

    @property
    def present(self) -> int:
        """How many handed in."""
        return sum(map(_handed_in, self.people))

    def notebooks(self) -> Iterator[tuple[HandIn, ...]]:
        """Of each student who handed in any, the notebooks of the latest attempt."""
        for person in self.people:
            if claims := person.candidates:
                yield tuple(_hand_in(person, claim) for claim in latest(claims))

    def settled(
        self,
        assignment: str | None,
        answered: Callable[[HandIn], Answered] | None = None,
        *,
        notebooks: Sequence[str] = (),
    ) -> Intake:
        """One file for each student; `answered` tells how many exercises a notebook answers, if that is known. Where an
        assignment asks for several `notebooks`, all of a student count, and are chosen from when they are graded."""
        settled = [
            _together(person, assignment, answered, notebooks) if notebooks else _settled(person, assignment, answered)
            for person in self.people
        ]
        return Intake(
            layout=self.layout,
            hand_ins=tuple(hand_in for each in settled for hand_in in each.hand_ins),
            set_aside=(*self.strays, *(aside for each in settled for aside in each.set_aside)),
            without_notebook=tuple(p.student for p in self.people if _handed_in(p) and not p.candidates),
            absent=self.absent,
            outputs=self.outputs,
        )


def gather(paths: Sequence[Path], *, assignment: str | None, roster: Roster | None, limits: IntakeLimits) -> Gathered:
    """Who handed in what, from notebooks, folders and zips, and who handed in nothing.

    Nothing is unpacked or read, except lists of contents and the platforms' records of times and names. Raises
    UsageError where the command line is at fault: no such path, nothing handed in, several assignments and none named.
    """
    layouts: list[str] = []
    claims: list[Claim] = []
    strays: list[SetAside] = []
    outputs: list[str] = []
    forest = trees(paths, limits)
    for tree in forest:
        outputs.extend(found.where for found in tree.found if found.kind is FileKind.OUTPUT)
        inner = unwrapped(tree.without(FileKind.OUTPUT).of_scripts())
        layout = layout_of(inner)
        layouts.append(layout.name)
        asked = Question(tree=inner, assignment=assignment, dated=len(forest) > 1, record_bytes=limits.record_bytes)
        claims.extend(layout.claims(asked))
        strays.extend(_refused_outright(tree.found))
    people = _people(claims, roster)
    _check_anything(people, strays, paths)
    return Gathered(
        layout=", ".join(sorted(set(layouts))),
        people=tuple(people),
        strays=tuple(strays),
        absent=_absent(people, roster),
        outputs=tuple(outputs),
    )


def collect(paths: Sequence[Path], *, assignment: str | None, roster: Roster | None, limits: IntakeLimits) -> Intake:
    """One file for each student, without looking into any: `gather` says what it raises."""
    return gather(paths, assignment=assignment, roster=roster, limits=limits).settled(assignment)


def _refused_outright(found: Iterable[Found]) -> Iterator[SetAside]:
    """What is nobody's: a damaged zip of a class, a name that leads out of it."""
    for thing in found:
        if thing.kind is FileKind.REFUSED and not thing.parts:
            yield SetAside(where=thing.where, student=None, reason=thing.reason)


def _people(claims: Iterable[Claim], roster: Roster | None) -> list[_Person]:
    """Everybody with a claim, by student id. Two spellings that the roster knows as one student are one."""
    grouped: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in _without_repeats(claims):
        grouped[claim.student.id].append(claim)
    listed = _listed(grouped, Lookup.of(roster, grouped.values())) if roster else {}
    people: dict[str, _Person] = {}
    for called, theirs in grouped.items():
        student = listed.get(called, theirs[0].student)
        before = people[student.id].claims if student.id in people else ()
        on_roster = roster is None or called in listed
        people[student.id] = _Person(student=student, on_roster=on_roster, claims=(*before, *theirs))
    return [people[key] for key in sorted(people)]


def _listed(grouped: Mapping[str, Sequence[Claim]], lookup: Lookup) -> dict[str, Student]:
    """The students of the roster by what the layout calls them. A name that two claim means neither."""
    sure = {called: student for called, claims in grouped.items() if (student := lookup.surely(claims))}
    by_name = {
        called: student
        for called, claims in grouped.items()
        if called not in sure and (student := lookup.by_name(name for claim in claims for name in claim.names))
    }
    times = Counter(student.id for student in (*sure.values(), *by_name.values()))
    known = sure | {called: student for called, student in by_name.items() if times[student.id] == 1}
    by_place = lookup.by_place(grouped) if 2 * len(known) < len(grouped) else {}
    return by_place | known


def _without_repeats(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Each file once, though a folder and a file in it may both have been named."""
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        key = (claim.student.id, claim.found.path, claim.found.packed, claim.found.kind)
        if key not in seen:
            seen.add(key)
            yield claim


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What counts of one student, if anything, and what does not."""

    hand_ins: tuple[HandIn, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def _settled(person: _Person, assignment: str | None, answered: Callable[[HandIn], Answered] | None) -> _Settled:
    student = person.student.id
    refused = _refused(person)
    notebooks = person.candidates
    if not notebooks:
        others = () if refused else tuple(person.of(FileKind.OTHER, FileKind.RECORD)[:1])
        none = (SetAside(where=claim.found.where, student=student, reason=NO_NOTEBOOK) for claim in others)
        return _Settled(set_aside=(*refused, *none))
    answers = nothing_known if answered is None else lambda claim: answered(_hand_in(person, claim))
    counts = chosen(notebooks, assignment, answers)
    scripts = _scripts_of(counts, notebooks)
    passed_over = (
        older(claim, counts, student=student, assignment=assignment, answers=answers)
        for claim in notebooks
        if claim is not counts and (claim not in scripts or answers(claim).answered > 0)
    )
    with_it = tuple(_hand_in(person, claim, within=_folder(counts)) for claim in scripts)
    hand_in = replace(_hand_in(person, counts), beside=with_it)
    return _Settled(hand_ins=(hand_in,), set_aside=(*passed_over, *refused))


def _scripts_of(counts: Claim, candidates: Sequence[Claim]) -> list[Claim]:
    """The scripts that a notebook may run: those of its attempt, beside or below it. One of its own name is a copy."""
    if counts.found.kind is not FileKind.NOTEBOOK:
        return []
    scripts = (claim for claim in candidates if claim.found.kind is FileKind.SCRIPT and _stem(claim) != _stem(counts))
    home = _folder(counts)
    return [claim for claim in scripts if claim.age == counts.age and claim.found.parts[: len(home)] == home]


def _folder(claim: Claim) -> tuple[str, ...]:
    return claim.found.parts[:-1]


def _together(
    person: _Person, assignment: str | None, answered: Callable[[HandIn], Answered] | None, notebooks: Sequence[str]
) -> _Settled:
    """Of the latest attempt all notebooks, each by its own name, and of older ones those that are asked for and that it
    lacks; of two of one name the one that counts as ever."""
    mine = person.of(FileKind.NOTEBOOK)
    newest = latest(mine) if mine else []
    asked = frozenset(each.casefold() for each in notebooks)
    by_name: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in mine:
        if _stem(claim) in asked or claim in newest:
            by_name[_stem(claim)].append(claim)
    if len(by_name) < 2:
        return _settled(person, assignment, answered)
    answers = nothing_known if answered is None else lambda claim: answered(_hand_in(person, claim))
    stems = sorted(by_name, key=lambda stem: (stem not in asked, stem))
    counting = {stem: chosen(by_name[stem], assignment, answers) for stem in stems[:MOST]}
    beyond = frozenset(stems[MOST:])
    first, *others = (_hand_in(person, claim) for claim in counting.values())
    leading = next(iter(counting.values()))
    scripts = _scripts_of(leading, person.candidates)
    others += [_hand_in(person, claim, within=_folder(leading)) for claim in scripts]
    passed_over = (
        older(
            claim,
            counting.get(_stem(claim), newest[0]),
            student=person.student.id,
            assignment=assignment,
            answers=answers,
        )
        for claim in mine
        if claim not in counting.values() and _stem(claim) not in beyond
    )
    too_many = (
        SetAside(where=claim.found.where, student=person.student.id, reason=say("one_beyond", most=MOST))
        for claim in mine
        if _stem(claim) in beyond
    )
    set_aside = (*passed_over, *too_many, *_refused(person))
    return _Settled(hand_ins=(replace(first, beside=tuple(others)),), set_aside=set_aside)


def _stem(claim: Claim) -> str:
    return without_ending(claim.found.parts[-1]).casefold()


def _refused(person: _Person) -> tuple[SetAside, ...]:
    return tuple(
        SetAside(where=claim.found.where, student=person.student.id, reason=claim.found.reason)
        for claim in person.of(FileKind.REFUSED)
    )


def _hand_in(person: _Person, claim: Claim, *, within: tuple[str, ...] | None = None) -> HandIn:
    """What is handed in by its own name; if `within` a folder, by its path from there."""
    found = claim.found
    return HandIn(
        student=person.student,
        name=found.parts[-1] if within is None else claim.own or "/".join(found.parts[len(within) :]),
        where=found.where,
        path=found.path,
        member=found.member,
        packed=found.packed,
        late=claim.late,
        on_roster=person.on_roster,
    )


def _handed_in(person: _Person) -> bool:
    return bool(person.of(FileKind.NOTEBOOK, FileKind.SCRIPT, FileKind.REFUSED, FileKind.OTHER, FileKind.RECORD))


def _absent(people: Sequence[_Person], roster: Roster | None) -> tuple[Student, ...]:
    """Who is on the roster, or has a folder that is empty, and handed in nothing."""
    present = {person.student.id for person in people if _handed_in(person)}
    listed = roster.students if roster else ()
    class_list = {student.id: student for student in (*(person.student for person in people), *listed)}
    return tuple(class_list[key] for key in sorted(class_list) if key not in present)


def _check_anything(people: Sequence[_Person], strays: Sequence[SetAside], paths: Sequence[Path]) -> None:
    if any(map(_handed_in, people)):
        return
    named = ", ".join(str(path) for path in paths[:3]) + (", ..." if len(paths) > 3 else "")
    why = f" {strays[0].where}: {english(strays[0].reason)}" if strays else ""
    raise UsageError(f"There is no notebook in {named}.{why} Name notebooks, or a folder or zip that holds them.")
