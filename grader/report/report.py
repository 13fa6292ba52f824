"""The report: the one result of grading a submission, from which every output is drawn. Version 2.

Here live its types; what its points come to is `sums.py`, what a given reader may see of it `audience.py`, how it looks
`render/`, how it came to be `grading/`. Everything outside `run` is a pure function of submission, assignment and seed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from grader.course.assignment import Assignment, Visibility
from grader.messages import Message
from grader.report.version_1 import report_as_version_2

SCHEMA_VERSION: Literal[2] = 2


class Verdict(StrEnum):
    """What became of a check or an exercise."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    RAISED = "raised"
    MISSING = "missing"
    TIMED_OUT = "timed_out"
    OVER_LIMIT = "over_limit"
    SKIPPED = "skipped"
    NOT_GRADED = "not_graded"
    TO_MARK = "to_mark"  # of an exercise that waits for a person


#: verdicts on code that gave no answer
STOPPED = (Verdict.RAISED, Verdict.TIMED_OUT, Verdict.OVER_LIMIT)


class Status(StrEnum):
    """What became of the submission as a whole."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    NOT_GRADED = "not_graded"


class Audience(StrEnum):
    """Who reads: a student sees only what each check's visibility allows."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


class Record(BaseModel):
    """A frozen part of the report."""

    #: JSON has neither infinities nor NaN: a report that held one could be written and never read again
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Shown(Record):
    """A value as a report shows it: in words, and as data when it is an array small enough to draw.

    `data` is the array flattened in C order; NaN and infinities are the strings "nan", "inf", "-inf". `text` names all
    entries but the `left_out` last ones.
    """

    text: str
    type: str
    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    left_out: int = Field(default=0, ge=0)
    data: tuple[float | int | bool | str, ...] | None = None


class Counterexample(Record):
    """The smallest input found on which the answer is wrong: the call as one would type it, and both results.

    Of an exercise about a value, `call` is the name that holds it.
    """

    call: str
    inputs: tuple[Shown, ...]
    got: Shown | None
    expected: Shown | None

    @property
    def is_name(self) -> bool:
        """Whether nothing was called: the value of a name is shown."""
        return self.call.isidentifier()


class Place(Record):
    """A line of the student's own code: the cell counted from 1 over all cells, the line from 1 in that cell."""

    cell: int
    line: int


class CheckResult(Record):
    """One judged check. `message` says what holds or what is wrong; `hint` what to try; both are for the student.
    Titles are the course's own words, in English: keys to its translations.

    `earned` is None for a check that was not graded: our failure is never a zero.
    `raised_at` is the line of the student's code that raised, if that is what happened.
    """

    id: str
    title: str
    verdict: Verdict
    earned: int | None = Field(ge=0)
    possible: int = Field(ge=0)
    visibility: Visibility
    message: Message
    hint: Message | None = None
    counterexample: Counterexample | None = None
    raised_at: Place | None = None


class CellReference(Record):
    """Which cell was graded: its place in the notebook, counted from 1 over all cells, how it was found, its source.

    `notebook`: what that one is called, without its ending, where several were handed in. `prose`: what was answered in
    words; `source` is then what was judged of it, if a machine judged.
    """

    index: int
    found_by: Literal["marker", "definition", "binding"]
    source: str = ""
    prose: str = ""
    notebook: str = ""


class LayerShown(Record):
    """One layer of a model as a report shows it; `parameters` counts all of its weights, None if that is not asked."""

    kind: str
    units: int | None
    activation: str | None
    parameters: int | None
    trainable: bool = True


class LayerRow(Record):
    """A layer of the student's model beside the one asked in its place; None where one side has no more layers."""

    found: LayerShown | None
    asked: LayerShown | None


class Curve(Record):
    """Numbers over the steps of a training, recomputed by the judge, and the value they have to reach, if any.

    `steps` says after how many steps each value was taken; left out, after 0, 1, 2 and so on.
    """

    title: Message
    values: tuple[float, ...]
    target: float | None = None
    steps: tuple[int, ...] = ()

    def step(self, place: int) -> int:
        """After how many steps the value at `place` was taken."""
        return self.steps[place] if len(self.steps) == len(self.values) else place


class Withheld(Record):
    """What this reader may not see yet: how many checks, worth how many points; of them, how many once the due date
    has passed."""

    checks: int
    points: int
    after_due: int = 0


class RubricItem(Record):
    """What a rubric says of an answer, and the points that are added for it, or taken."""

    id: int
    points: int
    words: str


class CheckMark(Record):
    """What a person gave for one check, whose `earned` is then `points`, and what the machine said before. Without a
    `verdict` the exercise has no such check, or not any more: it is kept, and counts nowhere."""

    check: str
    title: str = ""
    points: int = Field(ge=0)
    comment: str = ""
    verdict: Verdict | None = None
    earned: int | None = Field(default=None, ge=0)
    message: Message | None = None


class Mark(Record):
    """What a person gave for an exercise, whose `earned` is then `points`; how that is done is `marking.py`'s. `items`
    of the rubric that apply. With `checks` a person gave points for these alone, and `points` are what all of them came
    to.

    The rest is what the machine said before: `verdict` (`to_mark` where only a person marks), `message`, and `earned`,
    which is None as well for a reader who may not see every check.
    """

    points: int = Field(ge=0)
    comment: str = ""
    items: tuple[RubricItem, ...] = ()
    checks: tuple[CheckMark, ...] = ()
    verdict: Verdict
    earned: int | None = Field(ge=0)
    message: Message

    def on(self, check: str) -> CheckMark | None:
        """What was given for that one."""
        return next((each for each in self.checks if each.check == check), None)


class ExerciseResult(Record):
    """One exercise. `printed` is what the student's code printed, capped; `notices` are remarks and changes of plan.

    `earned` is None for an exercise that was not graded, or one of its checks: our failure is never a zero.
    `misconception` names the known mistake that answers alike, for instructors; so are `behaviour`, the digest of what
    was answered, and `reads_as`, that of the code that ran, by which answers are known that are alike. `layers` and
    `curve` are what a page may draw. `withheld_notices` are further ones, which tell something of checks that are not
    visible to everybody.
    What a person marks has no checks: `to_mark` are its points, which are in none of the others, and `cell` is what was
    answered; the `rubric` is for whoever marks. Once it is marked, its points are `possible` as all others.
    """

    id: str
    title: str
    verdict: Verdict
    earned: int | None = Field(ge=0)
    possible: int = Field(ge=0)
    message: Message
    cell: CellReference | None
    depends_on: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...]
    withheld: Withheld | None = None
    printed: str = ""
    notices: tuple[Message, ...] = ()
    withheld_notices: tuple[Message, ...] = ()
    misconception: str | None = None
    behaviour: str | None = None
    reads_as: str | None = None
    layers: tuple[LayerRow, ...] = ()
    curve: Curve | None = None
    to_mark: int = Field(default=0, ge=0)
    rubric: str = ""
    mark: Mark | None = None

    @property
    def every_notice(self) -> tuple[Message, ...]:
        """All that this reader may see."""
        return (*self.notices, *self.withheld_notices)


class Score(Record):
    """Integer points; `percent` is floored to a whole number, so that 100 means all.

    `earned` and `percent` are None as long as an exercise is not graded. `to_mark` are points that a person gives, on
    top of those that are `possible`.
    """

    earned: int | None
    possible: int
    percent: int | None
    to_mark: int = 0

    def is_below(self, percent: float) -> bool:
        """Whether it is known to be less than so much; by the points, since `percent` is floored."""
        return self.earned is not None and 100 * self.earned < percent * self.possible


class AssignmentReference(Record):
    """Which assignment, in which version, a report speaks of, and what decides on what its students may see."""

    id: str
    title: str
    version: str
    due: AwareDatetime | None = None
    show_hidden_titles: bool = False

    @classmethod
    def to(cls, assignment: Assignment) -> Self:
        """How a report refers to `assignment`."""
        return cls(
            id=assignment.id,
            title=assignment.title,
            version=assignment.version,
            due=assignment.due,
            show_hidden_titles=assignment.show_hidden_titles,
        )


class SubmissionReference(Record):
    """What was handed in: the file's name and the SHA-256 of its bytes."""

    name: str
    sha256: str | None


class Provenance(Record):
    """What graded: enough to grade again in the same way. `seed` is left out for students: it draws the inputs.

    `packages` are further ones with their versions; reports of earlier graders name none.
    """

    grader: str
    python: str
    numpy: str
    tensorflow: str | None
    keras: str | None
    sandbox: str
    seed: int | None = None
    packages: dict[str, str] = Field(default_factory=dict)


class Run(Record):
    """The only part of a report that differs between two runs on the same submission.

    `seconds` is 0 for a reader who may not see every check.
    """

    started: str
    seconds: float
    host: str


class Report(Record):
    """The result of one submission."""

    schema_version: Literal[2] = SCHEMA_VERSION
    status: Status
    audience: Audience = Audience.INSTRUCTOR
    assignment: AssignmentReference | None
    submission: SubmissionReference
    score: Score | None
    exercises: tuple[ExerciseResult, ...]
    notices: tuple[Message, ...] = ()
    provenance: Provenance
    run: Run

    _of_version_1 = model_validator(mode="before")(report_as_version_2)
