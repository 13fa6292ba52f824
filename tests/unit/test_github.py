"""GitHub's annotations and job summary, read as the runner and a Markdown parser read them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages.visible import visible
from grader.render import github, github_summary
from grader.report.class_report import ClassReport
from grader.report.report import Report, SubmissionReference, Verdict
from tests.unit.classes import BROKEN, CLASS, HOSTILE, HOSTILE_CLASS, NASTY, REPORTS, class_of, row, work
from tests.unit.reports import check, exercise, report

_COMMAND = re.compile(r"::(?P<level>error|warning|notice) title=(?P<title>[^:,\r\n]*)::(?P<message>.*)")


def commands(text: str) -> list[tuple[str, str, str]]:
    """Level, title and message of each line, decoded as the runner does. Every line must be a command."""
    found = [_COMMAND.fullmatch(line) for line in text.split("\n")[:-1]]
    assert None not in found
    return [(one["level"], decoded(one["title"]), decoded(one["message"])) for one in found if one]


def decoded(text: str) -> str:
    for code, character in [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
        text = text.replace(code, character)
    return text


def test_the_result_is_a_notice_and_each_problem_an_error() -> None:
    """With its message, its counterexample and its hint."""
    found = commands(github.render(report(exercise(check("a"), check("b", Verdict.FAILED)))))
    assert [level for level, _, _ in found] == ["notice", "error"]
    assert found[0][2] == "10 of 20 points (50 %)."
    assert all(part in found[1][2] for part in ("Message of b.", "double(np.array([-1.]))", "Hint of b."))


def test_the_worst_ten_stand_there() -> None:
    """GitHub shows about ten of each level, so they are those that cost most."""
    many = [check(f"c{number}", Verdict.FAILED, points=number) for number in range(15)]
    titles = [title for _, title, _ in commands(github.render(report(exercise(*many))))[1:]]
    assert titles == [f"Double it: Title of c{number} (cell 5)" for number in range(14, 4, -1)]


def test_our_failure_is_a_warning_not_the_students_error() -> None:
    """A red mark on their work would be wrong."""
    assert [level for level, _, _ in commands(github.render(BROKEN))] == ["notice", "warning"]


def test_a_class_shows_whom_to_look_after_and_its_worst_problems() -> None:
    """The name of the student stands first."""
    found = commands(github.render_class(CLASS, iter(REPORTS.values())))
    assert found[0] == ("notice", "A lab", "3 of 6 students graded. Half of them have 40 % or more.")
    assert [title for level, title, _ in found if level == "warning"] == ["cem", "dora", "dora: A model"]
    assert {title.partition(":")[0] for level, title, _ in found if level == "error"} == {"ben", "eve"}


def test_a_class_shows_ten_errors_at_most() -> None:
    """However large it is."""
    rows = [row(f"s{number}", work(0, 0)) for number in range(30)]
    found = commands(github.render_class(class_of(*rows), (work(0, 0) for _ in rows)))
    assert [level for level, _, _ in found] == ["notice", *["error"] * 10]


@given(st.text(st.characters()) | st.just(NASTY))
def test_a_student_writes_no_command(text: str) -> None:
    """One line is one command of ours, whatever stands in names and messages."""
    shown = report(
        exercise(check("a", Verdict.FAILED, message=text, hint=text)),
        submission=SubmissionReference(name=text, sha256=None),
    )
    notice, error = commands(github.render(shown))
    assert (notice[0], error[0]) == ("notice", "error")
    assert error[2].startswith(visible(text))


class Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}


OURS = {"h2", "h3", "p", "strong", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}


def html(markdown: str) -> str:
    return str(mistune.create_markdown(escape=False, plugins=["table", "url", "strikethrough"])(markdown))


def page(markdown: str) -> Page:
    return Page(html(markdown))


@pytest.mark.parametrize("shown", [*REPORTS.values(), HOSTILE], ids=[*REPORTS, "hostile"])
def test_a_summary_holds_our_elements_only(shown: Report) -> None:
    """No link, image or markup of a student's; an HTML block would show up here."""
    found = page(github_summary.render(shown))
    assert found.elements <= OURS
    assert found.attributes <= {"class"}


@pytest.mark.parametrize("shown", [CLASS, HOSTILE_CLASS, class_of()], ids=["a class", "hostile", "nobody"])
def test_a_summary_of_a_class_holds_our_elements_only(shown: ClassReport) -> None:
    """Also where nobody handed in anything."""
    assert page(github_summary.render_class(shown)).elements <= OURS


def test_a_bar_in_a_name_does_not_end_its_cell() -> None:
    """The row keeps its columns."""
    shown = html(github_summary.render_class(class_of(row("a|b`c", work(30, 20)))))
    assert "|b`c</code>" in shown  # GitHub drops the backslash before it, this parser does not
    assert "<td>50 of 50</td>" in shown


MARKDOWN = [
    "<img src=x>",
    "[a](http://b)",
    "https://b.example",
    "www.b.example",
    "`",
    "``` ```",
    "|",
    "~~~",
    "\n\n# h",
    "![",
]


@given(st.lists(st.sampled_from(MARKDOWN) | st.text(st.characters(), max_size=3), max_size=6).map("".join))
def test_markdown_of_a_student_stays_text(text: str) -> None:
    """In names, messages and titles alike."""
    shown = report(
        exercise(check("a", Verdict.FAILED, message=text, hint=text, title=text), title=text),
        submission=SubmissionReference(name=text, sha256=None),
        notices=(text,),
    )
    assert page(github_summary.render(shown)).elements <= OURS


def test_a_summary_stays_below_what_github_takes() -> None:
    """It drops one of more than 1 MiB as a whole; ours says that something is left out."""
    summary = github_summary.render_class(class_of(*[row("a" * 190, work(0, 0))] * 6_000))
    assert len(summary.encode()) < 2**20
    assert summary.endswith("The reports hold everything.\n")
