"""An assignment of Moodle by its web services: `mod_assign_*` and, to find it, `core_course_get_course_module`.

Source: the descriptions of these functions in Moodle's own API documentation. Moodle answers errors with status 200.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError

from grader.classes.platform_api.asking import Asking
from grader.classes.platform_api.gradebook import By, ColumnThere, GradeThere, PersonThere, Sending, cents
from grader.errors import SiteFailed, UsageError
from grader.messages import say
from grader.messages.visible import one_line

_SERVER: Final = "webservice/rest/server.php"
_PAGE: Final = "/mod/assign/view.php"
#: Moodle's FORMAT_PLAIN: what is sent is text, and no markup
_PLAIN: Final = "2"
#: how Moodle says that a token is wrong; that it may not do this
_NO_TOKEN: Final = frozenset({"invalidtoken", "invalidtimedtoken", "tokenexpired"})
_NOT_ALLOWED: Final = frozenset({"accessexception", "nopermissions", "requireloginerror", "webservicesnotenabled"})

T = TypeVar("T")


class Module(BaseModel):
    """Its place in the course."""

    course: int
    instance: int
    modname: str
    visible: bool = True


class _Found(BaseModel):
    cm: Module


class Assignment(BaseModel):
    """An assignment of Moodle's."""

    id: int
    name: str
    grade: Decimal
    markingworkflow: bool = False
    blindmarking: bool = False
    revealidentities: bool = False
    teamsubmission: bool = False
    duedate: int = 0


class _Course(BaseModel):
    assignments: list[Assignment]


class _Courses(BaseModel):
    courses: list[_Course]


class Participant(BaseModel):
    """A student there; `groupid` is said where groups hand in together."""

    id: int
    groupid: int | None = None
    fullname: str = ""
    username: str | None = None
    idnumber: str | None = None
    email: str | None = None

    @property
    def person(self) -> PersonThere:
        """Who that is."""
        known = {By.ID: str(self.id), By.NUMBER: self.idnumber, By.LOGIN: self.username, By.EMAIL: self.email}
        return PersonThere(
            id=str(self.id), name=self.fullname, known_by={by: name for by, name in known.items() if name}
        )


class _Grade(BaseModel):
    userid: int
    attemptnumber: int = 0
    grade: Decimal | None = None


class _Graded(BaseModel):
    grades: list[_Grade]


class _Grades(BaseModel):
    assignments: list[_Graded]


class Moodle:
    """A `Gradebook`; see there. `module`: the number in the address of the assignment's page."""

    most_at_once = 100  # of seven fields each: PHP drops those beyond a thousand, unless it is told otherwise

    def __init__(self, asking: Asking, *, token: str, module: str) -> None:
        self.asking = asking
        self._token = token
        self._module = module
        self._instance: str | None = None
        self.place = f"moodle {asking.site} {module}"

    def column(self) -> ColumnThere:
        """See `Gradebook.column`."""
        return _column(*self.found())

    def found(self) -> tuple[Assignment, Module]:
        """The assignment, and its place in the course."""
        module = self.ask(_Found, "core_course_get_course_module", {"cmid": self._module}).cm
        wanted = {"courseids[0]": str(module.course), "includenotenrolledcourses": "1"}
        courses = self.ask(_Courses, "mod_assign_get_assignments", wanted).courses
        here = [each for course in courses for each in course.assignments if each.id == module.instance]
        if module.modname != "assign" or not here:
            raise UsageError(say("push_not_there", site=self.asking.site))
        self._instance = str(module.instance)
        return here[0], module

    def people(self) -> Sequence[PersonThere]:
        """See `Gradebook.people`."""
        return [each.person for each in self.participants()]

    def participants(self) -> Sequence[Participant]:
        """All students of the course."""
        wanted = {"assignid": self.number, "groupid": "0", "filter": ""}
        return self.ask(list[Participant], "mod_assign_list_participants", wanted)

    def file(self, address: str, *, most: int) -> bytes:
        """A file, by the token in a form, whatever Moodle's own pages do. Raises as `Asking.fetch` does."""
        return self.asking.fetch(address, {"token": self._token}, most=most)

    def standings(self) -> Mapping[str, GradeThere]:
        """See `Gradebook.standings`: of the last attempt; below zero is Moodle's way to say that there is none."""
        found = self.ask(_Grades, "mod_assign_get_grades", {"assignmentids[0]": self.number})
        grades = sorted((each for one in found.assignments for each in one.grades), key=lambda one: one.attemptnumber)
        return {str(each.userid): GradeThere(points=_points(each.grade)) for each in grades}

    def send(self, sendings: Sequence[Sending]) -> None:
        """See `Gradebook.send`."""
        form = {"assignmentid": self.number, "applytoall": "0"}
        for number, each in enumerate(sendings):
            grade = f"grades[{number}]"
            form |= {f"{grade}[userid]": each.person, f"{grade}[grade]": str(each.points)}
            form |= {f"{grade}[attemptnumber]": "-1", f"{grade}[addattempt]": "0", f"{grade}[workflowstate]": ""}
            if each.comment:
                editor = f"{grade}[plugindata][assignfeedbackcomments_editor]"
                form |= {f"{editor}[text]": each.comment, f"{editor}[format]": _PLAIN}
        self._taken(self.asking.write(_SERVER, self._form("mod_assign_save_grades", form)).body)

    @property
    def number(self) -> str:
        """What Moodle calls the assignment, beside the number in its address."""
        if self._instance is None:
            self.found()
        return str(self._instance)

    def ask(self, kind: type[T], function: str, form: Mapping[str, str]) -> T:
        """What a function that changes nothing answers. Raises what `Gradebook` does."""
        body = self._taken(self.asking.ask(_SERVER, self._form(function, form)).body)
        try:
            return TypeAdapter(kind).validate_json(body)
        except ValidationError:
            raise self._nonsense() from None

    def _form(self, function: str, form: Mapping[str, str]) -> dict[str, str]:
        return {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json", **form}

    def _taken(self, body: bytes) -> bytes:
        """The answer, if it is none of Moodle's errors."""
        try:
            found = json.loads(body)
        except ValueError:
            raise self._nonsense() from None
        if not isinstance(found, dict) or "exception" not in found:
            return body
        site, code, said = self.asking.site, str(found.get("errorcode", "")), one_line(str(found.get("message", "-")))
        if code in _NO_TOKEN:
            raise UsageError(say("push_wrong_token", site=site))
        if code in _NOT_ALLOWED:
            raise UsageError(say("push_forbidden", site=site, said=said))
        raise UsageError(say("push_refused", site=site, status=one_line(code), said=said))

    def _nonsense(self) -> SiteFailed:
        return SiteFailed(say("push_nonsense", site=self.asking.site, platform="Moodle"))


def moodle_address(typed: str) -> tuple[str, str] | None:
    """Site and number in the address of an assignment's page; None if it is none."""
    parts = urlsplit(typed)
    number = parse_qs(parts.query).get("id", [""])[0]
    base, page, rest = parts.path.partition(_PAGE)
    fits = page and not rest and number.isascii() and number.isdigit()
    return (f"{parts.scheme}://{parts.netloc}{base}", number) if fits else None


def _column(found: Assignment, module: Module) -> ColumnThere:
    title = one_line(found.name)
    if found.grade <= 0:
        raise UsageError(say("push_no_points", title=title))
    if found.markingworkflow:
        raise UsageError(say("push_workflow", title=title))
    if found.blindmarking and not found.revealidentities:
        raise UsageError(say("push_anonymous", title=title))
    notes = [*([] if module.visible else [say("push_not_visible")])]
    return ColumnThere(title=title, maximum=found.grade, notes=tuple(notes))


def _points(grade: Decimal | None) -> Decimal | None:
    return None if grade is None or grade < 0 else cents(grade)
