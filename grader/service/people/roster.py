"""A roster against a course's people: what would change. Nobody is ever deleted. That it changes is `enrolling.py`.

A line is somebody known by the number that the school gave them, else by their address. A roster makes students, and
only students: whoever teaches stays what they are. What belongs to an account, a name or an address, an instructor
changes of nobody who is in other courses too, or owns the site.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from grader.classes.intake import Student
from grader.classes.intake.roster import parse_roster
from grader.classes.intake.tables import parse_table
from grader.errors import UsageError
from grader.messages import Message, say
from grader.service.people.accounts import is_email, normal_email
from grader.service.store.tables import Membership, Person, Role

SECTION_HEADINGS: Final = ("section", "sections", "group", "groups", "班级", "分组", "小组")
#: addresses that one query asks for
AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line, as far as it makes sense. None: the file does not say."""

    line: int
    name: str
    email: str | None
    number: str | None
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and in which lines. Nothing is done for these lines, and nobody in them is taken for gone."""

    lines: tuple[int, ...]
    message: Message


class Others(StrEnum):
    """What becomes of students whom a roster does not name: it is of the whole class, or of some who are to come."""

    LEAVE = "leave"
    STAY = "stay"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    """A file as it was read: its good lines, its bad ones, and who may be meant by those."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    meant: frozenset[str] = frozenset()
    others: Others = Others.LEAVE


class What(StrEnum):
    """What of somebody changes."""

    NAME = "name"
    EMAIL = "email"
    NUMBER = "number"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing, before and after."""

    what: What
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Somebody who joins: new here, known from other courses, or (`was_here`) back again."""

    entry: Entry
    person_id: int | None = None
    membership_id: int | None = None

    @property
    def was_here(self) -> bool:
        """Whether they had left, and have all their attempts again."""
        return self.membership_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Somebody who stays, with what changes."""

    membership_id: int
    person_id: int
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Somebody whom the roster does not name any more: out of the course; all they handed in is kept."""

    membership_id: int
    person_id: int
    name: str
    email: str | None
    number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """What a roster changes in a course. `digest` names exactly this change."""

    added: tuple[Added, ...] = ()
    changed: tuple[Changed, ...] = ()
    left: tuple[Left, ...] = ()
    untouched: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def digest(self) -> str:
        """Equal for equal changes."""
        return hashlib.sha256(_CHANGE.dump_json(self)).hexdigest()


_CHANGE: Final = TypeAdapter(RosterChange)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRefused:
    """Why a file is no roster, or a change was not made."""

    message: Message


def read_table(data: bytes, *, name: str, others: Others = Others.LEAVE) -> RosterTable | RosterRefused:
    """The roster in a file of any encoding and with the headings of any platform that we know."""
    try:
        told = parse_roster(parse_table(data, name=name), name=name)
    except UsageError as error:
        return RosterRefused(message=say("roster_unreadable", why=error.message))
    read = [(line.number, line.student) for line in told.lines]
    nobody = [Fault(lines=(number,), message=say("roster_no_id")) for number, student in read if student is None]
    section = next((each for each in SECTION_HEADINGS if each in {cell.casefold() for cell in told.headings}), None)
    entries = [_entry(number, student, section) for number, student in read if student is not None]
    faults = [*nobody, *(fault for entry in entries for fault in _entry_faults(entry))]
    faults += [
        Fault(lines=lines, message=say("roster_number_twice", value=it)) for it, lines in _twice(entries, "number")
    ]
    faults += [
        Fault(lines=lines, message=say("roster_email_twice", value=it)) for it, lines in _twice(entries, "email")
    ]
    bad = {line for fault in faults for line in fault.lines}
    meant = {key for entry in entries if entry.line in bad for key in (entry.number, entry.email) if key}
    good = tuple(entry for entry in entries if entry.line not in bad)
    return RosterTable(entries=good, faults=tuple(faults), meant=frozenset(meant), others=others)


def preview(session: Session, course_id: int, table: RosterTable) -> RosterChange:
    """What would change; nothing does."""
    return _Comparison(session, course_id, table).change()


@dataclass(slots=True)
class _Comparison:
    """A table against what the course holds; all of that is read at once."""

    session: Session
    course_id: int
    table: RosterTable
    seen: dict[int, int] = field(default_factory=dict)  # people by the line that is theirs
    faults: list[Fault] = field(default_factory=list)

    def change(self) -> RosterChange:
        members = self.session.scalars(
            select(Membership)
            .where(Membership.course_id == self.course_id)
            .options(joinedload(Membership.person), joinedload(Membership.section))
            .order_by(Membership.id)
        ).all()
        by_person = {member.person_id: member for member in members}
        by_number = {member.number: member for member in members if member.number}
        by_email = self._people({member.person for member in members})
        elsewhere = self._elsewhere()
        added: list[Added] = []
        changed: list[Changed] = []
        untouched = 0
        for entry in self.table.entries:
            numbered = by_number.get(entry.number or "")
            addressed = by_email.get(entry.email or "")
            if not self._is_one(entry, numbered, addressed):
                continue
            person = numbered.person if numbered else addressed
            member = None if person is None else by_person.get(person.id)
            if member is None:
                added.append(Added(entry=entry, person_id=None if person is None else person.id))
            elif member.role is not Role.STUDENT:
                untouched += 1
            elif member.left_at is not None:
                added.append(Added(entry=entry, person_id=member.person_id, membership_id=member.id))
            elif found := tuple(self._differences(entry, member, member.person_id in elsewhere)):
                changed.append(
                    Changed(
                        membership_id=member.id,
                        person_id=member.person_id,
                        name=member.person.name,
                        differences=found,
                    )
                )
            else:
                untouched += 1
        left = tuple(self._left(members)) if self.table.others is Others.LEAVE else ()
        return RosterChange(
            added=tuple(added),
            changed=tuple(changed),
            left=left,
            untouched=untouched,
            faults=(*self.table.faults, *self.faults),
        )

    def _people(self, members: Iterable[Person]) -> dict[str, Person]:
        """Everybody by address: of the course, and of the site those whom the file names."""
        known = {person.email: person for person in members if person.email}
        wanted = [entry.email for entry in self.table.entries if entry.email and entry.email not in known]
        for some in chunks(wanted):
            asked = select(Person).where(Person.email.in_(some), Person.forgotten_at.is_(None))
            known |= {person.email: person for person in self.session.scalars(asked) if person.email}
        return known

    def _elsewhere(self) -> frozenset[int]:
        """Who of the course is somebody beyond it."""
        here = select(Membership.person_id).where(Membership.course_id == self.course_id)
        others = select(Membership.person_id).where(
            Membership.course_id != self.course_id, Membership.person_id.in_(here)
        )
        owners = select(Person.id).where(Person.owns_site)
        return frozenset(self.session.scalars(others.union(owners)))

    def _is_one(self, entry: Entry, numbered: Membership | None, addressed: Person | None) -> bool:
        """Whether a line is one person's, and the only line that is."""
        person = numbered.person if numbered else addressed
        if numbered is not None and addressed is not None and numbered.person_id != addressed.id:
            self.seen |= {numbered.person_id: entry.line, addressed.id: entry.line}
            self.faults.append(Fault(lines=(entry.line,), message=say("roster_two_people", email=entry.email or "")))
            return False
        if person is not None and person.id in self.seen:
            lines = (self.seen[person.id], entry.line)
            self.faults.append(Fault(lines=lines, message=say("roster_person_twice", name=person.name)))
            return False
        if person is not None:
            self.seen[person.id] = entry.line
        return True

    def _differences(self, entry: Entry, member: Membership, is_elsewhere: bool) -> Iterator[Difference]:
        person, section = member.person, member.section.name if member.section else None
        if entry.name and entry.name != person.name and not is_elsewhere:
            yield Difference(what=What.NAME, before=person.name, after=entry.name)
        if entry.email and entry.email != person.email:
            if is_elsewhere:
                message = say("roster_email_elsewhere", name=person.name)
                self.faults.append(Fault(lines=(entry.line,), message=message))
            else:
                yield Difference(what=What.EMAIL, before=person.email, after=entry.email)
        if entry.number and entry.number != member.number:
            yield Difference(what=What.NUMBER, before=member.number, after=entry.number)
        if entry.section is not None and (entry.section or None) != section:
            yield Difference(what=What.SECTION, before=section, after=entry.section or None)

    def _left(self, members: Sequence[Membership]) -> Iterator[Left]:
        for member in members:
            person = member.person
            is_meant = {member.number, person.email} & self.table.meant
            if member.role is not Role.STUDENT or member.left_at or person.id in self.seen or is_meant:
                continue
            yield Left(
                membership_id=member.id,
                person_id=person.id,
                name=person.name,
                email=person.email,
                number=member.number,
            )


def _entry(line: int, student: Student, section: str | None) -> Entry:
    email = student.email or (student.id if "@" in student.id else "")
    number = student.id if "@" not in student.id and student.id != student.name else ""
    return Entry(
        line=line,
        name=(student.name or number or email)[:300],
        email=normal_email(email),
        number=number[:100] or None,
        section=None if section is None else student.columns.get(section, "")[:200],
    )


def _entry_faults(entry: Entry) -> Iterator[Fault]:
    if entry.email is not None and not is_email(entry.email):
        yield Fault(lines=(entry.line,), message=say("roster_no_email", email=entry.email))
    if entry.email is None and entry.number is None:
        yield Fault(lines=(entry.line,), message=say("roster_no_id"))


def _twice(entries: Sequence[Entry], what: Literal["number", "email"]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What stands in more than one line, with those lines."""
    lines: dict[str, list[int]] = {}
    for entry in entries:
        if value := entry.number if what == "number" else entry.email:
            lines.setdefault(value, []).append(entry.line)
    return ((value, tuple(some)) for value, some in lines.items() if len(some) > 1)


def chunks(values: Sequence[object]) -> Iterator[Sequence[object]]:
    """As many at a time as one query asks for."""
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
