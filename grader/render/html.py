"""The report as one page of HTML: no script, nothing to fetch, the same in a browser, on a phone and on paper.

What is shown, and in which order, is decided here; how it is set stands in `pages/`. Only views of a report live here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from grader.render.comparison import Comparison, comparison
from grader.render.drawing import bar, curve
from grader.render.listing import Listing, listing
from grader.render.page import draw
from grader.render.telling import Telling, one_reason, reason_hint, told
from grader.render.translated import translated
from grader.report import CheckResult, Curve, ExerciseResult, LayerRow, LayerShown, Report, Status, Verdict
from grader.wording import ENGLISH, Words

TEMPLATE = "report.html.j2"
#: more layers than a reader compares
MOST_LAYERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A check that needs words: what is told of it, and its counterexample made ready to look at."""

    result: CheckResult
    telling: Telling
    comparison: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the table of layers: what was found, and what was asked if that is something else."""

    found: str
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerLine:
    """One row: the number of the student's layer, empty where it lacks one, and what is said of it."""

    number: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The table of layers: a row for each, then the parameters of all."""

    rows: tuple[LayerLine, ...]
    total: Cell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """A training as a picture, and the sentence that says what to see in it."""

    title: str
    picture: Markup
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """One exercise, its checks sorted by what they ask of the reader: to mend, not tried yet, right already.

    `hint` helps against a reason that all checks share.
    """

    result: ExerciseResult
    lead: str
    hint: str | None
    to_mend: tuple[CheckView, ...]
    skipped: tuple[CheckResult, ...]
    passed: tuple[CheckResult, ...]
    layers: Layers | None
    curve: CurveView | None
    listing: Listing | None


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The page for `report` in the language of `words`; what a student may not see was taken out of it before."""
    report = translated(report, words)
    return draw(
        TEMPLATE,
        words,
        report=report,
        headline=_headline(report, words),
        later=_later(report, words),
        bar=bar([(exercise.earned or 0, exercise.possible) for exercise in report.exercises]),
        exercises=tuple(exercise_view(exercise, words) for exercise in report.exercises),
        versions=_versions(report),
    )


def _headline(report: Report, words: Words) -> str:
    """What the score does not say: that there is none."""
    if report.status is Status.UNREADABLE:
        return words.say("page_unreadable")
    return words.say("page_not_graded") if report.score is None or report.score.earned is None else ""


def _later(report: Report, words: Words) -> str:
    points = sum(exercise.withheld.points for exercise in report.exercises if exercise.withheld)
    return words.say("page_more_points", points=words.counted(points, "point")) if points else ""


def _versions(report: Report) -> str:
    """What graded, as far as it was at work: "grader 0.1.0, Python 3.11.0"."""
    made_by = report.provenance
    known = {
        "grader": made_by.grader,
        "Python": made_by.python,
        "NumPy": made_by.numpy,
        "TensorFlow": made_by.tensorflow,
        "Keras": made_by.keras,
    }
    return ", ".join(f"{name} {version}" for name, version in known.items() if version)


def exercise_view(exercise: ExerciseResult, words: Words) -> ExerciseView:
    """One exercise made ready to be set; its texts are in the language of `words` already."""
    shared = one_reason(exercise)
    to_mend = [check for check in exercise.checks if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED)]
    return ExerciseView(
        result=exercise,
        lead="" if not shared and exercise.message in {check.message for check in to_mend} else exercise.message,
        hint=reason_hint(exercise) if shared else None,
        to_mend=() if shared else tuple(_checks(to_mend, words)),
        skipped=() if shared else _with(Verdict.SKIPPED, exercise),
        passed=() if shared else _with(Verdict.PASSED, exercise),
        layers=_layers(exercise.layers, words) if exercise.layers else None,
        curve=_curve(exercise.curve, words) if exercise.curve and exercise.curve.values else None,
        listing=_listing(exercise),
    )


def _with(verdict: Verdict, exercise: ExerciseResult) -> tuple[CheckResult, ...]:
    return tuple(check for check in exercise.checks if check.verdict is verdict)


def _checks(checks: list[CheckResult], words: Words) -> Iterator[CheckView]:
    for telling in told(checks, words):
        beside = comparison(telling.example, words) if telling.example else None
        yield CheckView(result=telling.check, telling=telling, comparison=beside)


def _listing(exercise: ExerciseResult) -> Listing | None:
    cell = exercise.cell
    if cell is None or not cell.source.strip():
        return None
    places = [check.raised_at for check in exercise.checks if check.raised_at]
    return listing(cell.source, frozenset(place.line for place in places if place.cell == cell.index))


def _layers(rows: tuple[LayerRow, ...], words: Words) -> Layers:
    shown = rows[:MOST_LAYERS]
    found, asked = _parameters([row.found for row in rows]), _parameters([row.asked for row in rows])
    total = None if found is None else _cell(f"{found:,}", None if asked is None else f"{asked:,}")
    numbers = itertools.count(1)  # as the student counts, whatever is missing between
    lines = (
        LayerLine(number="" if row.found is None else str(next(numbers)), cells=_layer(row, words)) for row in shown
    )
    return Layers(rows=tuple(lines), total=total)


def _layer(row: LayerRow, words: Words) -> tuple[Cell, ...]:
    """Kind, units, activation and parameters; what is not asked of a layer is not compared."""
    asked = _words(row.asked, words)
    if row.found is None:
        return tuple(
            Cell(found="" if place else words.say("page_no_layer"), asked=word) for place, word in enumerate(asked)
        )
    found = _words(row.found, words)
    if row.asked is None:
        return (Cell(found=found[0] or "", asked=""), *(Cell(found=word or "") for word in found[1:]))
    pairs = zip(found, asked, strict=True)
    return tuple(_cell(mine or (words.say("page_none") if wanted else ""), wanted) for mine, wanted in pairs)


def _words(layer: LayerShown | None, words: Words) -> list[str | None]:
    if layer is None:
        return [None] * 4
    kind = layer.kind if layer.trainable else words.say("page_frozen", kind=layer.kind)
    numbers = [None if number is None else f"{number:,}" for number in (layer.units, layer.parameters)]
    return [kind, numbers[0], layer.activation, numbers[1]]


def _cell(found: str, asked: str | None) -> Cell:
    return Cell(found=found, asked=asked if asked is not None and asked != found else None)


def _parameters(layers: list[LayerShown | None]) -> int | None:
    """All parameters of one side; None if that side does not tell them all."""
    counts = [layer.parameters for layer in layers if layer is not None]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _curve(series: Curve, words: Words) -> CurveView:
    steps = words.counted(series.step(len(series.values) - 1), "step")
    sentences = [words.say("page_last", steps=steps, last=f"{series.values[-1]:.4g}")]
    if series.target is not None:
        sentences.append(words.say("page_goal", target=f"{series.target:.4g}"))
    caption = words.joined(sentences)
    goal = words.say("page_target")
    picture = curve(series.values, series.target, label=caption, target_label=goal, steps=series.steps)
    return CurveView(title=series.title, picture=picture, caption=caption)
