"""Reports of version 1, which kept finished sentences: still read, and drawn in English as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from grader.messages import Words, literal, say
from grader.render import json_report, text
from grader.report.audience import seen_by
from grader.report.class_report import ClassReport
from grader.report.report import Audience, Report, Verdict
from tests.unit.classes import CLASS
from tests.unit.reports import check, exercise, report

NOW = report(
    exercise(
        check("a", Verdict.FAILED, message=say("no_layers"), hint=say("hint_none")),
        check("b", visibility="hidden"),
        message=say("none_passed"),
        notices=(say("widened", cell=4),),
        withheld_notices=(say("note_power", line=1, cell=2),),
    ),
    notices=(say("no_boundary"),),
)


def as_version_1(node: Any) -> Any:
    """What version 1 wrote: of a message its English alone, and withheld notices among the others as well."""
    match node:
        case {"text": str(english), "key": str(), "fields": dict()}:
            return english
        case {"notices": list(notices), "withheld_notices": list(withheld)}:
            both = {"notices": [*notices, *withheld], "withheld_notices": withheld}
            rest = {name: each for name, each in node.items() if name not in both}
            return {name: as_version_1(each) for name, each in (rest | both).items()}
        case dict():
            return {name: 1 if name == "schema_version" else as_version_1(each) for name, each in node.items()}
        case list():
            return [as_version_1(each) for each in node]
        case _:
            return node


OLD = as_version_1(json.loads(json_report.render(NOW)))
OLD_CLASS = as_version_1(json.loads(json_report.render_class(CLASS)))


@pytest.mark.parametrize("audience", Audience)
def test_a_report_of_version_1_is_drawn_as_it_was(audience: Audience) -> None:
    """Its sentences are kept as they are; what was withheld stays so, since it stands apart."""
    read = Report.model_validate_json(json.dumps(OLD))
    assert read.schema_version == 2
    assert text.render(seen_by(read, audience)) == text.render(seen_by(NOW, audience))


def test_a_report_of_version_1_is_english_in_every_language() -> None:
    """Nothing is read back out of a sentence."""
    read = Report.model_validate_json(json.dumps(OLD))
    assert read.exercises[0].checks[0].message == literal("It has no layers.")
    assert "It has no layers." in text.render(read, words=Words("zh"))


def test_a_class_of_version_1_is_read() -> None:
    """Notes and troubles, too."""
    read = ClassReport.model_validate_json(json.dumps(OLD_CLASS))
    assert [each.happened for each in read.troubles] == [
        literal("cem.ipynb is not a notebook."),
        literal("The sandbox broke."),
    ]


@pytest.mark.parametrize("kind", [Report, ClassReport])
@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param({"schema_version": 1}, id="nothing else"),
        pytest.param({"schema_version": 1, "exercises": 3, "students": "x", "notices": {}}, id="other types"),
        pytest.param({**OLD, "exercises": [None, 1, {"notices": [3]}], "students": [1]}, id="damaged within"),
        pytest.param([], id="no object"),
    ],
)
def test_what_is_damaged_is_refused_as_in_version_2(kind: type[Report] | type[ClassReport], damaged: object) -> None:
    """With the place at which it is, as any other file."""
    with pytest.raises(ValidationError):
        kind.model_validate_json(json.dumps(damaged))


def test_json_has_the_english_of_each_message_which_is_never_read_back() -> None:
    """For people who read the file; a program goes by key and fields."""
    written = json.loads(json_report.render(NOW))
    said = written["exercises"][0]["notices"][0]
    assert (said["key"], said["fields"]) == ("widened", {"cell": 4})
    assert said["text"].startswith("What your answer needs")

    said["text"] = "Something else."
    assert Report.model_validate_json(json.dumps(written)) == NOW
