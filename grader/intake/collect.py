"""From what was named on the command line to one file for each student. Reads as the story of a class handing in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.intake import HandIn, Intake, SetAside, Student
from grader.intake.choosing import chosen, older
from grader.intake.claims import Claim, Question
from grader.intake.found import Found, Kind
from grader.intake.layouts import layout_of, unwrapped
from grader.intake.lookup import Lookup
from grader.intake.named import trees
from grader.intake.roster import Roster
from grader.limits import IntakeLimits
from grader.wording import say

NO_NOTEBOOK = say("no_notebook_among_files")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """A student, and all that is claimed to be theirs."""

    student: Student
    on_roster: bool
    claims: tuple[Claim, ...]

    def of(self, *kinds: Kind) -> list[Claim]:
        return [claim for claim in self.claims if claim.found.kind in kinds]


def collect(paths: Sequence[Path], *, assignment: str | None, roster: Roster | None, limits: IntakeLimits) -> Intake:
    """One file for each student from notebooks, folders and zips; what was set aside; who handed in nothing.

    Nothing is unpacked or read, except lists of contents and the platforms' records of times and names. Raises
    UsageError where the command line is at fault: no such path, nothing handed in, several assignments and none named.
    """
    layouts: list[str] = []
    claims: list[Claim] = []
    strays: list[SetAside] = []
    outputs: list[str] = []
    forest = trees(paths, limits)
    for tree in forest:
        outputs.extend(found.where for found in tree.found if found.kind is Kind.OUTPUT)
        inner = unwrapped(tree.without(Kind.OUTPUT))
        layout = layout_of(inner)
        layouts.append(layout.name)
        asked = Question(tree=inner, assignment=assignment, dated=len(forest) > 1, record_bytes=limits.record_bytes)
        claims.extend(layout.claims(asked))
        strays.extend(_refused_outright(tree.found))
    people = _people(claims, roster)
    intake = Intake(
        layout=", ".join(sorted(set(layouts))),
        hand_ins=tuple(_hand_in(person, assignment) for person in people if person.of(Kind.NOTEBOOK)),
        set_aside=(*strays, *(aside for person in people for aside in _set_aside(person, assignment))),
        without_notebook=tuple(p.student for p in people if _handed_in(p) and not p.of(Kind.NOTEBOOK)),
        absent=_absent(people, roster),
        outputs=tuple(outputs),
    )
    _check_anything(intake, paths)
    return intake


def _refused_outright(found: Iterable[Found]) -> Iterator[SetAside]:
    """What is nobody's: a damaged zip of a class, a name that leads out of it."""
    for thing in found:
        if thing.kind is Kind.REFUSED and not thing.parts:
            yield SetAside(where=thing.where, student=None, reason=thing.reason)


def _people(claims: Iterable[Claim], roster: Roster | None) -> list[_Person]:
    """Everybody with a claim, by student id. Two spellings that the roster knows as one student are one."""
    grouped: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in _without_repeats(claims):
        grouped[claim.student.id].append(claim)
    listed = _listed(grouped, Lookup.of(roster)) if roster else {}
    people: dict[str, _Person] = {}
    for called, theirs in grouped.items():
        student = listed.get(called, theirs[0].student)
        before = people[student.id].claims if student.id in people else ()
        on_roster = roster is None or called in listed
        people[student.id] = _Person(student=student, on_roster=on_roster, claims=(*before, *theirs))
    return [people[key] for key in sorted(people)]


def _listed(grouped: Mapping[str, Sequence[Claim]], lookup: Lookup) -> dict[str, Student]:
    """The students of the roster by what the layout calls them. A name that two claim means neither."""
    by_identity = {
        called: student
        for called, claims in grouped.items()
        if (student := lookup.by_identity(key for claim in claims for key in claim.identities))
    }
    by_name = {
        called: student
        for called, claims in grouped.items()
        if called not in by_identity and (student := lookup.by_name(name for claim in claims for name in claim.names))
    }
    times = Counter(student.id for student in (*by_identity.values(), *by_name.values()))
    return by_identity | {called: student for called, student in by_name.items() if times[student.id] == 1}


def _without_repeats(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Each file once, though a folder and a file in it may both have been named."""
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        key = (claim.student.id, claim.found.path, claim.found.packed, claim.found.kind)
        if key not in seen:
            seen.add(key)
            yield claim


def _hand_in(person: _Person, assignment: str | None) -> HandIn:
    claim = chosen(person.of(Kind.NOTEBOOK), assignment)
    found = claim.found
    return HandIn(
        student=person.student,
        name=found.parts[-1],
        where=found.where,
        path=found.path,
        member=found.member,
        packed=found.packed,
        late=claim.late,
        on_roster=person.on_roster,
    )


def _set_aside(person: _Person, assignment: str | None) -> Iterator[SetAside]:
    student = person.student.id
    notebooks = person.of(Kind.NOTEBOOK)
    if len(notebooks) > 1:
        counts = chosen(notebooks, assignment)
        yield from (
            older(claim, counts, student=student, assignment=assignment) for claim in notebooks if claim is not counts
        )
    refused = person.of(Kind.REFUSED)
    yield from (SetAside(where=claim.found.where, student=student, reason=claim.found.reason) for claim in refused)
    if not notebooks and not refused and (others := person.of(Kind.OTHER, Kind.RECORD)):
        yield SetAside(where=others[0].found.where, student=student, reason=NO_NOTEBOOK)


def _handed_in(person: _Person) -> bool:
    return bool(person.of(Kind.NOTEBOOK, Kind.REFUSED, Kind.OTHER, Kind.RECORD))


def _absent(people: Sequence[_Person], roster: Roster | None) -> tuple[Student, ...]:
    """Who is on the roster, or has a folder that is empty, and handed in nothing."""
    present = {person.student.id for person in people if _handed_in(person)}
    listed = roster.students if roster else ()
    class_list = {student.id: student for student in (*(person.student for person in people), *listed)}
    return tuple(class_list[key] for key in sorted(class_list) if key not in present)


def _check_anything(intake: Intake, paths: Sequence[Path]) -> None:
    if intake.hand_ins or intake.without_notebook:
        return
    named = ", ".join(str(path) for path in paths[:3]) + (", ..." if len(paths) > 3 else "")
    why = f" {intake.set_aside[0].where}: {intake.set_aside[0].reason}" if intake.set_aside else ""
    raise UsageError(f"There is no notebook in {named}.{why} Name notebooks, or a folder or zip that holds them.")
