"""What is said on a terminal: names of others cannot hide lines, repeat them, or speak to a CI runner."""

from __future__ import annotations

import pytest

from grader.errors import CourseError
from grader.messages import terminal

#: what a name may hold, and what stands on the terminal instead
NAMES = [
    pytest.param("\x1b[2Ja", "<001B>[2Ja", id="erases the screen"),
    pytest.param("a\u202egpj", "a<202E>gpj", id="turns text around"),
    pytest.param("a\r\nb", "a<000D><000A>b", id="begins a line"),
    pytest.param("a\n::error::b", "a<000A>::error::b", id="begins a line with a command"),
    pytest.param("::error::b", "<003A>:error::b", id="is a command"),
    pytest.param("  ::error::b", "  <003A>:error::b", id="is a command behind blanks"),
    pytest.param("a ##[error]b", "a ##<005B>error]b", id="holds a command of the older form"),
    pytest.param("a\udce9", "a<DCE9>", id="is no UTF-8"),
    pytest.param("作业 1: a::b", "作业 1: a::b", id="is a name"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a_name_stays_within_its_line(name: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever says it: sentences, errors, what was done, and what a traceback quotes."""
    terminal.say(name, name)
    terminal.refuse(CourseError(name, name))
    terminal.tell(name, name)
    out, err = capsys.readouterr()
    assert out == f"{shown}\n" * 2
    assert err == f"{shown}\n" * 4


@pytest.mark.parametrize("name", ["\x1b[2J", "a\n::error::b", "\u202e"])
def test_a_failure_of_ours_quotes_nothing_raw(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The text of an exception is often a name."""
    terminal.confess(ValueError(name))
    err = capsys.readouterr().err
    assert "ValueError" in err
    assert name not in err
    assert not any(line.strip().startswith("::") for line in err.splitlines())


def test_what_code_printed_gives_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    """In the text of a report it stands behind blanks, which a runner passes over; colours stay."""
    terminal.show("Your code printed:\n  ::error::no\n\x1b[1mbold\x1b[0m\n")
    assert capsys.readouterr().out == "Your code printed:\n  <003A>:error::no\n\x1b[1mbold\x1b[0m\n"
