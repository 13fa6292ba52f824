"""One report on the terminal, in the format that was asked for. What is written into files is not known here."""

from __future__ import annotations

from pathlib import Path

from grader.messages import Words, terminal
from grader.render import RENDERERS, text
from grader.report.report import Report
from grader.settings import Settings


def show_report(report: Report, *, json: Path | None, format: str, words: Words, settings: Settings) -> None:
    """`json` as "-" asks for JSON, whatever `format` says; text is as wide as the terminal."""
    shown = "json" if str(json) == "-" else format
    if shown != "text":
        terminal.hand_over(RENDERERS[shown](report, words=words))
        return
    colour = terminal.is_watched() and settings.colour
    terminal.show(text.render(report, words=words, width=terminal.width(most=100), colour=colour))
