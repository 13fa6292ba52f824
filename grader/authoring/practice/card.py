"""What `check` gives back: a card that a notebook shows as HTML and a terminal as text; `render/` draws it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.messages import Message
from grader.render.practice import PracticeView, render, render_html
from grader.report.report import ExerciseResult


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card:
    """What came of practising one exercise; `result` is None where only the grader can look."""

    assignment: str
    title: str
    result: ExerciseResult | None = None
    notes: tuple[Message, ...] = ()

    def __repr__(self) -> str:
        return render(self._view).rstrip("\n")

    def _repr_html_(self) -> str:
        """As Jupyter, VS Code and Colab ask for it."""
        return render_html(self._view)

    @property
    def _view(self) -> PracticeView:
        return PracticeView(assignment=self.assignment, title=self.title, result=self.result, notes=self.notes)
