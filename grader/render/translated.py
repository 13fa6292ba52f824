"""A report in its reader's language: the same report, every sentence of ours and of the course's translated.

Done before drawing, so every renderer works in every language. What a student wrote or printed, calls, values and names
stay as they are. The canonical report, the one that is stored, is English.
"""

from __future__ import annotations

from grader.class_report import ClassReport, ExerciseStatistics, StudentRow, Trouble
from grader.report import CheckResult, Counterexample, Curve, ExerciseResult, Report, Shown
from grader.wording import Words


def translated(report: Report, words: Words) -> Report:
    """The report with its texts in the language of `words`."""
    if words.language == "en":
        return report
    assignment = report.assignment
    return report.model_copy(
        update={
            "assignment": assignment and assignment.model_copy(update={"title": words.text(assignment.title)}),
            "exercises": tuple(translated_exercise(exercise, words) for exercise in report.exercises),
            "notices": tuple(map(words.text, report.notices)),
        }
    )


def translated_class(report: ClassReport, words: Words) -> ClassReport:
    """The report of a class with its texts in the language of `words`; what students and files are called stays."""
    if words.language == "en":
        return report
    title = words.text(report.assignment.title)
    figures = {name: _figures(each, words) for name, each in report.statistics.exercises.items()}
    return report.model_copy(
        update={
            "assignment": report.assignment.model_copy(update={"title": title}),
            "exercises": {name: words.text(title) for name, title in report.exercises.items()},
            "students": tuple(_row(row, words) for row in report.students),
            "statistics": report.statistics.model_copy(update={"exercises": figures}),
            "troubles": tuple(_trouble(trouble, words) for trouble in report.troubles),
        }
    )


def translated_exercise(exercise: ExerciseResult, words: Words) -> ExerciseResult:
    """One exercise with its texts in the language of `words`."""
    return exercise.model_copy(
        update={
            "title": words.text(exercise.title),
            "message": words.text(exercise.message),
            "checks": tuple(_check(check, words) for check in exercise.checks),
            "notices": tuple(map(words.text, exercise.notices)),
            "curve": exercise.curve and _curve(exercise.curve, words),
        }
    )


def _check(check: CheckResult, words: Words) -> CheckResult:
    return check.model_copy(
        update={
            "title": words.text(check.title),
            "message": words.text(check.message),
            "hint": check.hint and words.text(check.hint),
            "counterexample": check.counterexample and _counterexample(check.counterexample, words),
        }
    )


def _counterexample(example: Counterexample, words: Words) -> Counterexample:
    return example.model_copy(
        update={
            "got": example.got and _shown(example.got, words),
            "expected": example.expected and _shown(example.expected, words),
        }
    )


def _shown(value: Shown, words: Words) -> Shown:
    """Only the text of an array holds a word of ours: how many entries were left out."""
    return value if value.shape is None else value.model_copy(update={"text": words.phrase(value.text)})


def _curve(curve: Curve, words: Words) -> Curve:
    return curve.model_copy(update={"title": words.text(curve.title)})


def _row(row: StudentRow, words: Words) -> StudentRow:
    return row.model_copy(update={"notes": tuple(map(words.text, row.notes))})


def _figures(figures: ExerciseStatistics, words: Words) -> ExerciseStatistics:
    return figures.model_copy(update={"title": words.text(figures.title)})


def _trouble(trouble: Trouble, words: Words) -> Trouble:
    return trouble.model_copy(update={"happened": words.text(trouble.happened), "to_do": words.text(trouble.to_do)})
