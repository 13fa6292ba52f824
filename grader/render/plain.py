"""Feedback in plain lines, for formats that have room for text only: CI servers, learning platforms. No layout here."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from grader.messages import Words
from grader.messages.visible import in_cell, one_line, visible
from grader.render import terms
from grader.render.feedback import Finding, Judged
from grader.report.report import Counterexample

_SHOWN = 400
_LABELS = ("call", "name", "got", "value", "expected")


def titled(judged: Judged, words: Words) -> str:
    """By its title; a check, by that of its exercise as well."""
    title = in_cell(words.text(judged.title))
    return (
        title
        if judged.within is None
        else words.say("plain_titled", title=in_cell(words.text(judged.within)), text=title)
    )


def located(title: str, judged: Judged, words: Words) -> str:
    """`title`, and where that stands, if anywhere: "Double it (cell 5, line 3)"."""
    return words.say("plain_in", title=title, where=judged.where) if judged.where else title


def outcome(judged: Judged, words: Words) -> tuple[str, str]:
    """Its verdict, and its points: "partly right" and "10 of 20"."""
    return terms.verdict(judged.verdict, words), terms.points(judged.earned, judged.possible, words)


def lines(finding: Finding, words: Words) -> Iterator[str]:
    """What a finding tells its reader, safe to show; the line that raised follows the sentence that names it."""
    if finding.message:
        yield visible(words.text(finding.message))
    yield from (f"> {line.number} | {line.text}" for line in finding.lines)
    if finding.example:
        yield from _example(finding.example, words)
    if finding.hint:
        yield words.say("hint", hint=visible(words.text(finding.hint)))
    if finding.again:
        yield words.text(finding.again)


def _example(example: Counterexample, words: Words) -> Iterator[str]:
    asked, found = ("name", "value") if example.is_name else ("call", "got")
    yield _labelled(asked, example.call, words)
    if example.got is not None:
        yield _labelled(found, terms.value(example.got, words), words)
    if example.expected is not None:
        yield _labelled("expected", terms.value(example.expected, words), words)


def _labelled(key: str, text: str, words: Words) -> str:
    """A value behind its label. All labels take the same room; a Chinese character takes two columns."""
    width = max(cell_len(words.say(each)) for each in _LABELS) + 2
    label = words.say(key)
    return f"{label}{' ' * (width - cell_len(label))}{one_line(text, most=_SHOWN)}"
