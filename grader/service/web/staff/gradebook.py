"""The gradebook of a course: students by openings, sorted and filtered by links, and what is taken away of it.

A table of 20,000 cells is drawn here and not by a template, which would take three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from grader.messages import Words
from grader.messages.visible import one_line
from grader.policy.totals import Total
from grader.policy.totals_told import told
from grader.service.attempts.exporting import Exported, ExportFormat, export_course, export_opening
from grader.service.attempts.gradebook import Gradebook, GradebookCell, StudentLine, gradebook
from grader.service.courses.titles import in_language
from grader.service.lti.sending.looking import is_linked
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.blind import blind_in
from grader.service.web.named import the_opening
from grader.service.web.pages import points
from grader.service.web.staff.frame import course_page, words_for

router = APIRouter()
#: rows of one page
PAGE: Final = 1_000
NAME, SECTION, TOTAL, GRADE = "name", "section", "total", "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows, in which order. `by`: `name`, `section`, `total`, `grade` or an assignment; a dash is `down`."""

    text: str = ""
    section: str = ""
    by: str = NAME
    down: bool = False

    def query(self) -> dict[str, str]:
        """As it stands in an address, without the order."""
        return {name: value for name, value in (("text", self.text), ("section", self.section)) if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's head: what it is called, what sorts by it, what it is worth."""

    key: str
    title: str
    possible: str = ""


@router.get("/courses/{slug}/gradebook")
def matrix(
    request: Request,
    sort: str = NAME,
    text: str = "",
    section: str = "",
    page: int = 1,
    course: InCourse = Depends(Member(Role.GRADER)),
) -> HTMLResponse:
    """Students by openings."""
    asked = Asked(text=text.strip()[:200], section=section[:200], by=sort.removeprefix("-"), down=sort.startswith("-"))
    words = words_for(request, course.caller)
    site = site_of(request)
    with site.database.read() as session:
        blind = blind_in(session, request, course)
        book = gradebook(session, course.course_id, now=site.now(), blind=blind)
        lines = wanted(book, asked)
        place = min(max(page, 1), max(1, -(-len(lines) // PAGE)))
        return course_page(
            request,
            "staff/gradebook.html.j2",
            course,
            tab="gradebook",
            book=book,
            title_in=lambda title: in_language(title, words) or "",
            asked=asked,
            found=len(lines),
            sections=sorted({each.section for each in book.lines if each.section}),
            heads=list(_heads(book, words)),
            href=f"?{urlencode(asked.query())}&" if asked.query() else "?",
            sort=sort[:100],
            rows=drawn(lines[PAGE * (place - 1) : PAGE * place], course.slug, words),
            place=place,
            pages=max(1, -(-len(lines) // PAGE)),
            rule=_rule(book, words),
            linked=is_linked(session, course.course_id),
        )


@router.get("/courses/{slug}/gradebook/export")
def export_all(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> Response:
    """All openings as one table."""
    site = site_of(request)
    with site.database.read() as session:
        return _file(export_course(session, course.course_id, now=site.now()))


@router.get("/courses/{slug}/gradebook/export/{assignment}/{format}")
def export_one(
    request: Request,
    assignment: str,
    format: ExportFormat,
    column: str = "",
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> Response:
    """One opening's grades as a platform imports them; `column`: what the assignment is called there."""
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        opening = the_opening(session, course, assignment)
        return _file(export_opening(session, opening.id, format, column=column.strip()[:300] or None, words=words))


def _rule(book: Gradebook, words: Words) -> list[str]:
    """How the grade is made, a sentence for each part."""
    if book.rule is None:
        return []
    titles = {each.assignment: in_language(each.title, words) or each.assignment for each in book.columns}
    return [words.text(each) for each in told(book.rule, lambda name: titles.get(name, name))]


def _file(exported: Exported) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{exported.filename}"', "Cache-Control": "no-store"}
    return Response(exported.text, media_type=exported.media_type, headers=headers)


def wanted(book: Gradebook, asked: Asked) -> Sequence[StudentLine]:
    """The lines that are asked for, in order; who has nothing comes last either way."""
    text = asked.text.casefold()
    found = [
        line
        for line in book.lines
        if (not asked.section or line.section == asked.section)
        and (not text or any(text in (each or "").casefold() for each in (line.name, line.email, line.number)))
    ]
    if asked.by == NAME:
        return found[::-1] if asked.down else found
    if asked.by == SECTION:
        return sorted(found, key=lambda line: line.section or "", reverse=asked.down)
    if asked.by == TOTAL:
        return sorted(found, key=lambda line: line.total, reverse=asked.down)
    if asked.by == GRADE:
        known = [line for line in found if line.grade is not None and line.grade.exact is not None]
        known.sort(key=lambda line: line.grade.exact if line.grade and line.grade.exact else 0, reverse=asked.down)
        having = {line.person_id for line in known}
        return [*known, *(line for line in found if line.person_id not in having)]
    place = next((n for n, column in enumerate(book.columns) if column.assignment == asked.by), None)
    return found if place is None else _by_cell(found, place, down=asked.down)


def drawn(lines: Sequence[StudentLine], slug: str, words: Words) -> Markup:
    """The body of the table."""
    cells = _Cells(words)
    return Markup("").join(_row(line, slug, cells) for line in lines)


def _by_cell(lines: Sequence[StudentLine], place: int, *, down: bool) -> Sequence[StudentLine]:
    graded = [(cell.earned, line) for line in lines if (cell := line.cells[place]) and cell.earned is not None]
    having = {line.person_id for _, line in graded}
    graded.sort(key=lambda pair: pair[0], reverse=down)
    return [*(line for _, line in graded), *(line for line in lines if line.person_id not in having)]


def _heads(book: Gradebook, words: Words) -> Iterator[Head]:
    yield Head(key=SECTION, title=words.say("staff_section"))
    yield Head(key=TOTAL, title=words.say("staff_total"), possible=str(book.possible))
    if book.rule is not None:
        yield Head(key=GRADE, title=words.say("totals_grade"), possible="100 %")
    for column in book.columns:
        yield Head(
            key=column.assignment,
            title=one_line(in_language(column.title, words) or column.assignment, most=60),
            possible=str(column.possible),
        )


class _Cells:
    """Draws cells, of which many are alike."""

    def __init__(self, words: Words) -> None:
        self._late, self._waiting = words.say("staff_late"), words.say("staff_waiting")
        self._to_mark, self._open = words.say("page_to_mark"), words.say("totals_open")
        self._numbers: dict[Fraction, str] = {}

    def number(self, earned: Fraction) -> str:
        """Points as text."""
        found = self._numbers.get(earned)
        if found is None:
            found = self._numbers[earned] = str(escape(points(earned)))
        return found

    def grade(self, grade: Total) -> str:
        """What the course's rule makes of all; a sign where something is left out of it, which its title names."""
        if grade.shown is None:
            return "–"  # noqa: RUF001  # as below
        text = f"{grade.shown} %" + ("" if grade.letter is None else f" {escape(one_line(grade.letter, most=20))}")
        return text + (f" <small>({escape(self._open)}: {len(grade.open)})</small>" if grade.open else "")

    def drawn(self, cell: GradebookCell | None) -> str:
        """One cell: the points as a link to the attempt that counts, late or still waiting."""
        if cell is None or not cell.attempts:
            return '<td class="number none">–</td>'  # noqa: RUF001  # an en dash is meant
        text = "–" if cell.earned is None else self.number(cell.earned)  # noqa: RUF001
        if cell.attempt_id is not None:
            text = f'<a href="/attempts/{cell.attempt_id}/staff">{text}</a>'
        if cell.late:
            text += f" <small>{escape(self._late)}</small>"
        if cell.to_mark:
            text += f" <small>{escape(self._to_mark)}</small>"
        if cell.waiting:
            text += f" <small>{escape(self._waiting)}</small>"
        return f'<td class="number">{text}</td>'


def _row(line: StudentLine, slug: str, cells: _Cells) -> Markup:
    """All text of others is escaped here."""
    head = Markup('<tr><th scope="row"><a href="/courses/{}/people/{}"><bdi>{}</bdi></a></th><td>{}</td>').format(
        slug, line.person_id, one_line(line.name, most=80), one_line(line.section or "", most=40)
    )
    total = f'<td class="number"><strong>{cells.number(line.total)}</strong></td>'
    if line.grade is not None:
        total += f'<td class="number">{cells.grade(line.grade)}</td>'
    return head + Markup(f"{total}{''.join(map(cells.drawn, line.cells))}</tr>\n")  # noqa: S704  # numbers, ids, escaped words
